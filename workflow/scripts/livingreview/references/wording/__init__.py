"""What findings say, in Chinese and English, and the catalogue of all of them."""
