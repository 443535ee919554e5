"""What an AWS account gives us, and what an operator does to it."""
