"""What controls know of what runs: its limits, its paths, its images."""
