"""The screen in the patient's hands: the text and the signing, and nothing else until staff come back."""
