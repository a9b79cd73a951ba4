//! English prose.

use super::check;

#[test]
fn digits() {
    check(
        &[
            ("[22] groups", "22"),
            ("4,248 trips", "4248"),
            ("4\u{202f}248 trips", "4248"),
            ("1,234,567.89", "1234567.89"),
            ("in 2023 248 projects", "2023; 248"),
            ("on 1, 2 and 3", "1; 2; 3"),
            ("１２３．５％", "123.5%"),
            ("-5 °C", "-5 celsius"),
            ("minus 5 degrees", "-5 degree"),
            ("a rate of −0.5%", "-0.5%"),
            ("1½ hours", "90 minute"),
            ("½", "0.5 part"),
            ("1/3 of it", "1/3 part"),
            ("24/7", ""),
            ("50/50", ""),
            ("3:1", ""),
            ("version 1.2.3", ""),
            ("from 1.2.3 to 1.2.4-rc.5", ""),
            ("G20, 5G, COVID-19, A4, H1, H1N1, PM2.5, CO2, F-16", ""),
            ("the 7+13 planning system, 1+N", ""),
            ("https://example.org/2023/05?x=12 and 7 more", "7"),
            ("www.example.org/12", ""),
            ("call 023-12345678", ""),
            ("mid-2023", "2023"),
            ("It ended at 12.", "12"),
            ("(12)", "12"),
            ("12-year-olds", "144 month"),
            ("a 3.5-minute walk", "3.5 minute"),
            ("500+", ">500"),
            ("99999999999999999999999999999999999999999", ""),
        ],
        "en",
    );
}

#[test]
fn scales() {
    check(
        &[
            ("370.97 billion yuan", "370970000000 CNY"),
            ("46.665 billion kilograms", "46665000000 kg"),
            ("140 million records", "140000000"),
            ("over 15 million", ">15000000"),
            ("5.9 trillion", "5900000000000"),
            ("90 thousand", "90000"),
            ("2 hundred thousand", "200000"),
            ("two hundred thousand", "200000"),
            ("a billion people", "1000000000"),
            ("a hundred", "100"),
            ("a hundred and five", "105"),
            ("one hundred and five", "105"),
            ("one hundred five", "105"),
            ("one thousand two hundred and thirty-four", "1234"),
            ("three million five hundred thousand", "3500000"),
            ("a dozen", "12"),
            ("two dozen", "24"),
            ("half a dozen", "6"),
            ("half a million", "500000"),
            ("5 dozen", "60"),
            ("dozens of", ""),
            ("hundreds of thousands", ""),
            ("millions of people", ""),
            ("two and a half million", "2500000"),
            ("2 and a half million", "2500000"),
            ("three point one four", "3.14"),
            ("three point five million", "3500000"),
            ("trillion-yuan industries", "1000000000000 CNY"),
            ("a trillion-yuan industry", "1000000000000 CNY"),
            ("$5bn", "5000000000 USD"),
            ("5bn yuan", "5000000000 CNY"),
            ("twelve hundred", "1200"),
            ("5 million and 3", "5000000; 3"),
        ],
        "en",
    );
}

#[test]
fn words() {
    check(
        &[
            ("seven items", "7?"),
            ("twenty-two", "22"),
            ("twenty two groups", "22"),
            ("ninety-nine", "99"),
            ("eleven", "11"),
            ("one of them", "1?"),
            ("the one for the two core cities", "2?"),
            ("no one", ""),
            ("this one", ""),
            ("anyone, someone, often, tenure, weighty, stone", ""),
            ("one two three", "1?; 2?; 3?"),
            ("two or three", "2..3?"),
            ("five or nine", "5?; 9?"),
            ("both", ""),
            ("zero-carbon parks", "0?"),
            ("three lines and one list", "3?; 1?"),
            ("seven one-time handling items", "7?; 1?"),
            ("and", ""),
            ("a", ""),
            ("a hundredweight", ""),
            ("One hundred", "100"),
        ],
        "en",
    );
}

#[test]
fn ordinals() {
    check(
        &[
            ("the seventh session", "#7"),
            ("the 7th", "#7"),
            ("the 21st century", "#21"),
            ("the twenty-first", "#21"),
            ("the first", "#1?"),
            ("a second batch", "#2?"),
            ("the third", "#3"),
            ("a third option", "#3"),
            ("one hundred and first", "#101"),
            ("its No. 1 Project", "#1"),
            ("No 5", "#5"),
            ("no. 12", "#12"),
            ("no 12", "12"),
            ("no, 12", "12"),
            ("#12", "#12"),
            ("the 14th Five-Year Plan", "#14; 60 month?"),
            ("seconds", ""),
            ("page 12 of Chapter 3", "#12; #3"),
            ("10 seconds", "1/6 minute"),
        ],
        "en",
    );
}

#[test]
fn parts() {
    check(
        &[
            ("a third of it", "1/3 part"),
            ("one third", "1/3 part"),
            ("two thirds", "2/3 part"),
            ("two-thirds of it", "2/3 part"),
            ("three-fifths", "0.6 part"),
            ("three quarters of them", "0.75 part"),
            ("the same three quarters", "0.75 part?"),
            ("a hundred wan is one million", "1000000; 1000000"),
            ("a quarter of them", "0.25 part"),
            ("half of them", "0.5 part?"),
            ("one half", "0.5 part?"),
            ("one and a half", "1.5"),
            ("half", "0.5 part?"),
            ("half an hour", "30 minute"),
            ("a half-hour", "30 minute"),
            ("an hour and a half", "90 minute"),
            ("one hour and a half", "90 minute?"),
            ("two and a half hours", "150 minute"),
            ("half a year", "6 month"),
        ],
        "en",
    );
}

#[test]
fn percentages_and_times() {
    check(
        &[
            ("89.7 per cent", "89.7%"),
            ("35%", "35%"),
            ("35 %", "35%"),
            ("6 percent", "6%"),
            ("six per cent", "6%"),
            ("0.1 percentage points", "0.1pp"),
            ("one percentage point", "1pp?"),
            ("0.1 of a percentage point", "0.1pp"),
            ("half a percentage point", "0.5pp"),
            ("25 basis points", "0.25pp"),
            ("1.5 times", "1.5x"),
            ("twice", "2x"),
            ("doubled", "2x?"),
            ("threefold", "3x"),
            ("3-fold", "3x"),
            ("5‰", "0.5%"),
            ("3%–5%", "3..5%"),
            ("3–5%", "3..5%"),
            ("between 3 and 5 per cent", "3..5%"),
            ("3% to 5%", "3..5%"),
        ],
        "en",
    );
}

#[test]
fn bounds() {
    check(
        &[
            ("more than 90,000 travellers", ">90000"),
            ("at least 12", ">12"),
            ("no fewer than 12", ">12"),
            ("under 12", "<12"),
            ("less than 12%", "<12%"),
            ("fewer than 12", "<12"),
            ("up to 12", "<12"),
            ("no more than 12", "<12"),
            ("about 12", "~12"),
            ("around 1.4 million", "~1400000"),
            ("nearly a hundred", "~100"),
            ("almost half", "~0.5 part?"),
            ("some 500", "~500"),
            ("12 or more", ">12"),
            ("500 or so", "~500"),
            ("moreover 12", "12"),
            ("over $5 million", ">5000000 USD"),
            ("over the first three quarters", "--01/--09"),
            ("over 12 and under 13", ">12; <13"),
            ("handsome 12", "12"),
        ],
        "en",
    );
}

#[test]
fn money_and_measures() {
    check(
        &[
            ("$5", "5 USD"),
            ("US$5 million", "5000000 USD"),
            ("¥3.5 billion", "3500000000 CNY"),
            ("€12.50", "12.5 EUR"),
            ("£3m", "3000000 GBP"),
            ("CNY 5", "5 CNY"),
            ("RMB 5 billion", "5000000000 CNY"),
            ("RMB5 billion", "5000000000 CNY"),
            ("5 yuan", "5 CNY"),
            ("5 US dollars", "5 USD"),
            ("5 million euros", "5000000 EUR"),
            ("$3–5 million", "3000000..5000000 USD"),
            ("$3 million to $5 million", "3000000..5000000 USD"),
            ("more than 10 million mu", ">10000000 mu"),
            ("3 hectares", "45 mu"),
            ("2 square kilometres", "3000 mu"),
            ("10 jin", "5 kg"),
            ("3 li", "1500 m"),
            ("5 tonnes", "5000 kg"),
            ("5kg", "5 kg"),
            ("a 10-km road", "10000 m"),
            ("5 km", "5000 m"),
            ("5 metres", "5 m"),
            ("350 km/h", "350000 m"),
            ("10 minutes", "10 minute"),
            ("two hours", "120 minute"),
            ("two days", "2880 minute"),
            ("two months", "2 month"),
            ("two years", "24 month"),
            ("one year", "12 month?"),
            ("20 kWh", "20 kWh"),
            ("30 degrees Celsius", "30 celsius"),
        ],
        "en",
    );
}

#[test]
fn dates_and_times() {
    check(
        &[
            ("26 December 2023", "2023-12-26"),
            ("December 26, 2023", "2023-12-26"),
            ("26th of December", "--12-26"),
            ("December 26", "--12-26"),
            ("2023-12-26", "2023-12-26"),
            ("2023/12/26", "2023-12-26"),
            ("2023-12", "2023-12"),
            ("in June 2023", "2023-06"),
            ("June", "--06"),
            ("in May", "--05"),
            ("May 2023", "2023-05"),
            ("they may, and May I", ""),
            ("March on", ""),
            ("in March", "--03"),
            ("in 2023", "2023"),
            ("2023", "2023"),
            ("the 2023 list", "2023"),
            ("2000 people", "2000"),
            ("the 1990s", "1990"),
            ("January to November", "--01/--11"),
            ("from January to November 2023", "2023-01/2023-11"),
            ("January–November 2023", "2023-01/2023-11"),
            ("from January 2022 to March 2023", "2022-01/2023-03"),
            ("22–25 December 2023", "2023-12-22/2023-12-25"),
            ("December 22–25, 2023", "2023-12-22/2023-12-25"),
            ("22 to 25 December", "--12-22/--12-25"),
            ("2021–2025", "2021/2025"),
            ("2021–25", "2021/2025"),
            ("2021 to 2025", "2021/2025"),
            ("the first three quarters of 2023", "2023-01/2023-09"),
            ("the first quarter", "--01/--03"),
            ("the fourth quarter of 2023", "2023-10/2023-12"),
            ("the first half of 2023", "2023-01/2023-06"),
            ("the first half of the year", "--01/--06"),
            ("the first half", "#1?; 0.5 part?"),
            ("the first 11 months", "--01/--11"),
            ("Q3 2023", "2023-07/2023-09"),
            ("10:30", "630 time"),
            ("at 10.30 a.m.", "630 time"),
            ("3 pm", "900 time"),
            ("9:00–17:00", "540..1020 time"),
            ("31 February 2023", "31; 2023-02"),
            ("on 22 and 25 December 2023", "2023-12-22; 2023-12-25"),
            ("at 8 o'clock", "480 time"),
            ("Sales grew over 2022.", "2022"),
            ("8 a.m. to 5 p.m.", "480..1020 time"),
        ],
        "en",
    );
}

#[test]
fn ranges() {
    check(
        &[
            ("3–5 days", "4320..7200 minute"),
            ("3 to 5 days", "4320..7200 minute"),
            ("3 to 5 million", "3000000..5000000"),
            ("500 to 5 million", "500..5000000"),
            ("three to five years", "36..60 month"),
            ("from 12 to 22 groups", "12..22"),
            ("between 3 and 5", "3..5"),
            ("3 and 5", "3; 5"),
            ("5-3", "5; 3"),
            ("10 — 12", "10..12"),
            ("10 km to 12 km", "10000..12000 m"),
            ("about 3 to 5 million yuan", "~3000000..5000000 CNY"),
        ],
        "en",
    );
}
