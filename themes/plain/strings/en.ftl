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
# Notice above a translation whose original has changed since. $language (text): the original's
stale = The { $language } version has been revised since this translation was made.
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
other-letters = Digits, signs and other scripts
# Name of the months of an index, read out by screen readers
months = Months
# What stands above articles without a date in an index
undated = Without a date

## Figures: what is counted or measured, by the unit's name in front matter; a solidus is "-per-"
## $number (text): the number as it is shown; $count (number): what the plural goes by
## The attribute compact is the form for tables and cards

unit-percent = { $number }%
unit-percentage-point = { $count ->
    [one] { $number } percentage point
   *[other] { $number } percentage points
  }
    .compact = { $number } pp
unit-times = { $count ->
    [one] { $number } time
   *[other] { $number } times
  }
unit-ordinal = { NUMBER($count, type: "ordinal") ->
    [one] { $number }st
    [two] { $number }nd
    [few] { $number }rd
   *[other] { $number }th
  }
unit-CNY = { $number } yuan
unit-USD = { $count ->
    [one] { $number } US dollar
   *[other] { $number } US dollars
  }
    .compact = US${ $number }
unit-HKD = { $count ->
    [one] { $number } Hong Kong dollar
   *[other] { $number } Hong Kong dollars
  }
    .compact = HK${ $number }
unit-EUR = { $count ->
    [one] { $number } euro
   *[other] { $number } euros
  }
    .compact = €{ $number }
unit-GBP = { $count ->
    [one] { $number } pound sterling
   *[other] { $number } pounds sterling
  }
    .compact = £{ $number }
unit-JPY = { $number } yen
unit-kg = { $count ->
    [one] { $number } kilogram
   *[other] { $number } kilograms
  }
    .compact = { $number } kg
unit-gram = { $count ->
    [one] { $number } gram
   *[other] { $number } grams
  }
    .compact = { $number } g
unit-tonne = { $count ->
    [one] { $number } tonne
   *[other] { $number } tonnes
  }
    .compact = { $number } t
unit-km = { $count ->
    [one] { $number } kilometre
   *[other] { $number } kilometres
  }
    .compact = { $number } km
unit-m = { $count ->
    [one] { $number } metre
   *[other] { $number } metres
  }
    .compact = { $number } m
unit-km2 = { $count ->
    [one] { $number } square kilometre
   *[other] { $number } square kilometres
  }
    .compact = { $number } km²
unit-m2 = { $count ->
    [one] { $number } square metre
   *[other] { $number } square metres
  }
    .compact = { $number } m²
unit-m3 = { $count ->
    [one] { $number } cubic metre
   *[other] { $number } cubic metres
  }
    .compact = { $number } m³
unit-hectare = { $count ->
    [one] { $number } hectare
   *[other] { $number } hectares
  }
    .compact = { $number } ha
unit-mu = { $number } mu
unit-kW = { $count ->
    [one] { $number } kilowatt
   *[other] { $number } kilowatts
  }
    .compact = { $number } kW
unit-MW = { $count ->
    [one] { $number } megawatt
   *[other] { $number } megawatts
  }
    .compact = { $number } MW
unit-kWh = { $count ->
    [one] { $number } kilowatt-hour
   *[other] { $number } kilowatt-hours
  }
    .compact = { $number } kWh
unit-MWh = { $count ->
    [one] { $number } megawatt-hour
   *[other] { $number } megawatt-hours
  }
    .compact = { $number } MWh
unit-second = { $count ->
    [one] { $number } second
   *[other] { $number } seconds
  }
    .compact = { $number } s
unit-minute = { $count ->
    [one] { $number } minute
   *[other] { $number } minutes
  }
    .compact = { $number } min
unit-hour = { $count ->
    [one] { $number } hour
   *[other] { $number } hours
  }
    .compact = { $number } h
unit-day = { $count ->
    [one] { $number } day
   *[other] { $number } days
  }
unit-week = { $count ->
    [one] { $number } week
   *[other] { $number } weeks
  }
unit-month = { $count ->
    [one] { $number } month
   *[other] { $number } months
  }
unit-year = { $count ->
    [one] { $number } year
   *[other] { $number } years
  }
unit-person = { $count ->
    [one] { $number } person
   *[other] { $number } people
  }
unit-household = { $count ->
    [one] { $number } household
   *[other] { $number } households
  }
unit-visit = { $count ->
    [one] { $number } visit
   *[other] { $number } visits
  }
unit-case = { $count ->
    [one] { $number } case
   *[other] { $number } cases
  }
unit-city = { $count ->
    [one] { $number } city
   *[other] { $number } cities
  }
unit-company = { $count ->
    [one] { $number } company
   *[other] { $number } companies
  }
unit-country = { $count ->
    [one] { $number } country
   *[other] { $number } countries
  }
unit-district = { $count ->
    [one] { $number } district
   *[other] { $number } districts
  }
unit-facility = { $count ->
    [one] { $number } facility
   *[other] { $number } facilities
  }
unit-group = { $count ->
    [one] { $number } group
   *[other] { $number } groups
  }
unit-hospital = { $count ->
    [one] { $number } hospital
   *[other] { $number } hospitals
  }
unit-item = { $count ->
    [one] { $number } item
   *[other] { $number } items
  }
unit-job = { $count ->
    [one] { $number } job
   *[other] { $number } jobs
  }
unit-laboratory = { $count ->
    [one] { $number } laboratory
   *[other] { $number } laboratories
  }
unit-line = { $count ->
    [one] { $number } line
   *[other] { $number } lines
  }
unit-matter = { $count ->
    [one] { $number } matter
   *[other] { $number } matters
  }
unit-outlet = { $count ->
    [one] { $number } outlet
   *[other] { $number } outlets
  }
unit-park = { $count ->
    [one] { $number } park
   *[other] { $number } parks
  }
unit-passenger = { $count ->
    [one] { $number } passenger
   *[other] { $number } passengers
  }
unit-patent = { $count ->
    [one] { $number } patent
   *[other] { $number } patents
  }
unit-place = { $count ->
    [one] { $number } place
   *[other] { $number } places
  }
unit-plan = { $count ->
    [one] { $number } plan
   *[other] { $number } plans
  }
unit-practice = { $count ->
    [one] { $number } practice
   *[other] { $number } practices
  }
unit-project = { $count ->
    [one] { $number } project
   *[other] { $number } projects
  }
unit-record = { $count ->
    [one] { $number } record
   *[other] { $number } records
  }
unit-region = { $count ->
    [one] { $number } region
   *[other] { $number } regions
  }
unit-route = { $count ->
    [one] { $number } route
   *[other] { $number } routes
  }
unit-scenario = { $count ->
    [one] { $number } scenario
   *[other] { $number } scenarios
  }
unit-school = { $count ->
    [one] { $number } school
   *[other] { $number } schools
  }
unit-station = { $count ->
    [one] { $number } station
   *[other] { $number } stations
  }
unit-student = { $count ->
    [one] { $number } student
   *[other] { $number } students
  }
unit-train = { $count ->
    [one] { $number } train
   *[other] { $number } trains
  }
unit-trip = { $count ->
    [one] { $number } trip
   *[other] { $number } trips
  }
unit-vehicle = { $count ->
    [one] { $number } vehicle
   *[other] { $number } vehicles
  }
unit-village = { $count ->
    [one] { $number } village
   *[other] { $number } villages
  }
unit-zone = { $count ->
    [one] { $number } zone
   *[other] { $number } zones
  }
unit-file = { $count ->
    [one] { $number } file
   *[other] { $number } files
  }
unit-language = { $count ->
    [one] { $number } language
   *[other] { $number } languages
  }
unit-article = { $count ->
    [one] { $number } article
   *[other] { $number } articles
  }
unit-page = { $count ->
    [one] { $number } page
   *[other] { $number } pages
  }
unit-person-per-day = { $count ->
    [one] { $number } person a day
   *[other] { $number } people a day
  }
unit-train-per-day = { $count ->
    [one] { $number } train a day
   *[other] { $number } trains a day
  }
unit-trip-per-day = { $count ->
    [one] { $number } trip a day
   *[other] { $number } trips a day
  }
unit-visit-per-day = { $count ->
    [one] { $number } visit a day
   *[other] { $number } visits a day
  }
unit-person-per-year = { $count ->
    [one] { $number } person a year
   *[other] { $number } people a year
  }
unit-tonne-per-year = { $count ->
    [one] { $number } tonne a year
   *[other] { $number } tonnes a year
  }

# Bounds. A message takes $quantity (text) and stands around the whole, or $number (text) and stands
# beside the number, within the unit: 15m+ cases
bound-over = over { $quantity }
    .compact = { $number }+
bound-under = under { $quantity }
    .compact = <{ $quantity }
bound-about = about { $quantity }
    .compact = ~{ $quantity }

## Page not found

not-found-text = There is nothing at this address. The page may have moved, or there may be a slip in the address.
to-home = Go to the home page

## The page that leads to every language

# $language (text): name of the language, in which this is said
continue-in = Continue in { $language }
# The closing button of the offer to continue in the reader's language
offer-close = No, thanks

## Pictures and videos

# Before the description of a picture that leads to its large file, read out by screen readers
picture-large = Large picture:
# $title (text): the video's
video-play = Play the video: { $title }
# A link to a video elsewhere. $host (text): where it leads, $title (text): the video's
video-elsewhere = Watch at { $host }: { $title }
# Before the length of a video, read out by screen readers
video-duration = Length:
# A link to the words of a video
video-transcript = Transcript

## Figures

# Heads of the columns of a table of figures
figure = Figure
figure-value = Value
figure-period = Period
# Opens the table of a chart's numbers
chart-data = The numbers as a table
# $low, $high (text): the ends of a range
chart-range = { $low } to { $high }
figures-by-topic = All figures by topic
figures-other = Others
figures-download = Download
figures-csv = for spreadsheets
figures-json = for programs
