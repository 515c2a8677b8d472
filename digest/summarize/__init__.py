"""The choice of the sentences that tell what happened, word for word."""
