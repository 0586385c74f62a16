"""The bench: the product's figures beside those of a floor measured in the same run. Start it with `make bench`."""

# The address people would see; the proxy that ends HTTPS is played by the load's own headers.
ORIGIN = "https://bench.invalid"
