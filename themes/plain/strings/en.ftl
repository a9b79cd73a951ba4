## Words that the generator itself writes

alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution
footnotes = Notes
footnote-back = Back to the text
task-done = Done
task-open = To do
# Title of the topics overview when content/topics/_index says nothing else
topics = Topics
not-found = Page not found
# $site (text), $topic (text)
feed-title-topic = { $site }: { $topic }
# $url (text): where the page is now
redirect = This page has moved to { $url }

## Every page

skip = Skip to the content
# Name of the main navigation, read out by screen readers
navigation = Main navigation
# Name of the language switcher, read out by screen readers
languages = Languages
# Said of a language in the switcher. $language (text): its name
elsewhere = This page is not available in { $language }; the link leads to the nearest page.
# Notice above a text in another language. $wanted, $shown (text): names of languages
untranslated = This text is not yet available in { $wanted }. Below is the version in another language: { $shown }.
feed = Atom feed
contents = Contents

## Articles

date = Date
updated = Updated
# $minutes (number)
reading-time = { $minutes ->
    [one] Reading time: { $minutes } minute
   *[other] Reading time: { $minutes } minutes
  }
# Link to another version, in the words of that version. $language (text): its name
read-in = Read this in { $language }
source = Source
# Articles that link to this one
mentioned-in = Mentioned in
# Name of the links to the neighbouring articles, read out by screen readers
neighbours = More articles
previous = Previous
next = Next

## Lists

latest = Latest articles
# $count (number)
article-count = { $count ->
    [one] { $count } article
   *[other] { $count } articles
  }
no-articles = There is nothing here yet.
feed-topic = Atom feed of this topic
# Name of the links to the parts of a list, read out by screen readers
pages = Pages
previous-page = Previous page
next-page = Next page
# $number, $total (number)
page-of = Page { $number } of { $total }
# Title of the later parts of a list. $title (text), $number (number)
title-of-page = { $title } (page { $number })
# Name of the letters of an index, read out by screen readers
letters = Letters
# What stands under # in an index, read out by screen readers
other-letters = Digits and signs

## Page not found

not-found-text = There is nothing at this address. The page may have moved, or there may be a slip in the address.
to-home = Go to the home page

## The page that leads to every language

# $language (text): name of the language, in which this is said
continue-in = Continue in { $language }
# The closing button of the offer to continue in the reader's language
offer-close = No, thanks
