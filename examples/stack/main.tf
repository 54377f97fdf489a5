# What the shop runs on. Made to be found fault with: see the README.

variable "admin_ports" {
  type    = list(number)
  default = [22, 5432]
}

resource "aws_security_group" "shop" {
  name        = "shop"
  description = "Machines of the shop"

  dynamic "ingress" {
    for_each = var.admin_ports
    content {
      description = "port ${ingress.value}"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

resource "aws_s3_bucket" "images" {
  bucket = "shop-images" # served through a content delivery network
}

resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  instance_class      = "db.t4g.small"
  allocated_storage   = 20
  storage_encrypted   = false
  publicly_accessible = true
  username            = "orders"
  password            = var.database_password
}

variable "database_password" {
  type      = string
  sensitive = true
}
