"""The queue of online applications and the review of one of them."""
