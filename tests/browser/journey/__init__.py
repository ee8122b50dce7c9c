"""The steps of the journey, by room; each is told in the words of a person at the screen."""
