"""What DigitalOcean does, resource by resource: the type to the function that reads it. Defaults are those of
digitalocean 2."""

KINDS: dict[str, str] = {
    "digitalocean_droplet": "resources:droplet",
    "digitalocean_firewall": "resources:firewall",
    "digitalocean_kubernetes_cluster": "resources:cluster",
    "digitalocean_loadbalancer": "resources:balancer",
    "digitalocean_spaces_bucket": "resources:bucket",
    "digitalocean_spaces_bucket_object": "resources:stored",
}
