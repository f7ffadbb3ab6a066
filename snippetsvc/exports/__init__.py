"""What a view of a share becomes on its way out, pure: text, Markdown, JSON, W3C annotations, a QR code."""
