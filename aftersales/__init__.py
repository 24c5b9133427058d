"""The domain of watch after-sales service: knows nothing of Rasa, of HTTP, of pages."""
