"""How the weights of the ranker are made: `python -m training` beside the corpus."""
