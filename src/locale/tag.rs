//! Language tags: which are read, and what is said of those that are not.

use icu::locale::Locale;

/// Reads a BCP 47 tag. The error names what is wrong and, where it can, the tag to write.
pub(super) fn parse(tag: &str) -> Result<Locale, String> {
    let faulty = |remedy: &str| Err(format!("`{tag}` is not a BCP 47 language tag: {remedy}"));
    match Locale::try_from_str(tag) {
        Ok(locale) if !tag.contains('_') => Ok(locale),
        _ => {
            // POSIX locale names (`zh_CN.UTF-8`) and underscores are the usual slips.
            let name = tag.split(['.', '@']).next().unwrap_or(tag).trim().replace('_', "-");
            match Locale::try_from_str(&name) {
                Ok(meant) if name != tag => faulty(&format!("write `{meant}`")),
                _ => faulty(
                    "write a language's code of two or three letters, and a script or region if it is needed, such as `en`, `en-GB` or `zh-Hans`",
                ),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_the_usual_one() {
        for (written, usual) in [("ZH-hans", "zh-Hans"), ("en-gb", "en-GB"), ("pt-BR", "pt-BR")] {
            assert_eq!(parse(written).unwrap().to_string(), usual);
        }
    }

    #[test]
    fn faults_name_the_remedy() {
        for (tag, remedy) in [
            ("zh_CN", "write `zh-CN`"),
            ("en_US.UTF-8", "write `en-US`"),
            ("english", "two or three letters"),
            ("", "write a language's code"),
            ("中文", "write a language's code"),
            ("e", "write a language's code"),
            ("en-GB-", "write a language's code"),
        ] {
            let message = parse(tag).unwrap_err();
            assert!(message.starts_with(&format!("`{tag}` is not a BCP 47 language tag: ")), "{message}");
            assert!(message.contains(remedy), "{message}");
        }
    }
}
