"""The way to other machines: which addresses may be asked, and transfers that always end."""
