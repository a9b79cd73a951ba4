# What the switch of light and dark does next, and what holds now
scheme-auto = Light or dark: as your device
scheme-light = Light or dark: light
scheme-dark = Light or dark: dark
# Heading of the figures on the front page, and name of an article's figures
in-figures = In figures
# Heading of articles on the same topics
related = Read on
# Link from the front page to the whole list. $count (number)
all-articles = { $count ->
    [one] The one article
   *[other] All { $count } articles
  }
