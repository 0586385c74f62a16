"""The public page for those who listen, who read with readings (ふりがな), or who read plain words (やさしい日本語)."""
