"""Where the programs of well-known images write what may be lost at a restart: sockets, locks, caches.

Each entry names its source. Data is not here: the images declare volumes for it, which can be written all the same.
"""

#: What nearly every program expects, and all that is given to an image that is not in the table.
EVERYWHERE = ("/tmp",)  # noqa: S108 - a path of a container

#: (source, paths) by the last part of an image's name.
_WRITTEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "nginx": (
        "github.com/docker-library/docs, nginx/content.md: running nginx in read-only mode",
        ("/var/cache/nginx", "/var/run"),
    ),
    "postgres": (
        "github.com/docker-library/postgres, Dockerfile-debian.template: made writable for any user",
        ("/var/run/postgresql",),
    ),
    "mysql": (
        "github.com/docker-library/mysql, template/Dockerfile.oracle: used for socket and lock files",
        ("/var/run/mysqld",),
    ),
    "mariadb": (
        "github.com/MariaDB/mariadb-docker, Dockerfile.template: used for socket and lock files",
        ("/run/mysqld",),
    ),
    "httpd": (
        "httpd.apache.org/docs/2.4/mod/mpm_common.html#pidfile: logs/httpd.pid below the server's root",
        ("/usr/local/apache2/logs",),
    ),
    "wordpress": (
        "github.com/docker-library/php, apache-Dockerfile-block-1: what the server's user owns",
        ("/var/run/apache2", "/var/lock/apache2"),
    ),
    "tomcat": (
        "tomcat.apache.org/tomcat-10.1-doc/introduction.html: logs, temp and work below CATALINA_BASE",
        ("/usr/local/tomcat/logs", "/usr/local/tomcat/temp", "/usr/local/tomcat/work"),
    ),
}

#: Images that stand on another one of the table.
_LIKE = {
    "postgis": "postgres",
    "pgvector": "postgres",
    "timescaledb": "postgres",
    "drupal": "wordpress",
    "joomla": "wordpress",
    "nextcloud": "wordpress",
    "phpmyadmin": "wordpress",
}


def paths_of(image: str) -> tuple[str, ...]:
    """The paths that the program of an image writes, by the image's name without tag and digest."""
    name = image.rpartition("/")[2]
    _, paths = _WRITTEN.get(_LIKE.get(name, name), ("", ()))
    return EVERYWHERE + paths
