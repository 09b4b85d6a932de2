"""Results as what clients read: one module a wire format, pure functions from result to typed dict."""
