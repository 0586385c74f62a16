"""What changes what is kept of results: one function a deed, as in counseling.actions."""
