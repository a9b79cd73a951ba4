//! What stores answer, in words for people.
//!
//! Owns how a fault of `opendal` becomes a [`Trouble`]. It never passes on an address with its
//! query, a header, or a known secret: of what a server said it takes the code and one sentence.

use std::error::Error as _;

use opendal::{Error, ErrorKind};

use crate::publish::trouble::Trouble;

/// What messages may tell of a store.
pub(super) struct Told {
    /// What files are kept in: "the bucket `site`".
    pub container: String,
    /// Where its credentials come from: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY".
    pub credentials: String,
    /// What may stand in no message.
    pub secrets: Vec<String>,
}

impl Told {
    /// What became of a request.
    pub(super) fn trouble(&self, error: &Error) -> Trouble {
        let code = quoted(error.message(), "code: \"").unwrap_or_default();
        match self.by_code(&code, error).unwrap_or_else(|| self.by_kind(&code, error)) {
            Trouble::Refused(why) => Trouble::Refused(self.scrubbed(&why)),
            Trouble::Unreachable(why) => Trouble::Unreachable(self.scrubbed(&why)),
            Trouble::Failed(why) => Trouble::Failed(self.scrubbed(&why)),
            other => other,
        }
    }

    /// Faults that stores have a code of their own for.
    fn by_code(&self, code: &str, error: &Error) -> Option<Trouble> {
        let Self { container, credentials, .. } = self;
        let refused = |why: String| Some(Trouble::Refused(why));
        match code {
            "NoSuchBucket" | "ContainerNotFound" => Some(Trouble::Failed(format!(
                "there is no {container}; make it there, or mend its name in site.yaml"
            ))),
            "InvalidBucketName" | "InvalidResourceName" => {
                Some(Trouble::Failed(format!("{container} cannot be a name there; mend it in site.yaml")))
            }
            "InvalidAccessKeyId" | "NotSignedUp" => {
                refused(format!("it does not know the key in {credentials}"))
            }
            "SignatureDoesNotMatch" | "AuthenticationFailed" | "InvalidSignature" => {
                refused(format!("the secret in {credentials} does not fit, or this machine's clock is wrong"))
            }
            "RequestTimeTooSkewed" | "RequestExpired" => {
                refused("this machine's clock is wrong; set it to the right time".to_owned())
            }
            "ExpiredToken" | "InvalidToken" | "TokenRefreshRequired" => refused(format!(
                "the session token that belongs to {credentials} has expired; get new credentials"
            )),
            "AccessDenied"
            | "AuthorizationFailure"
            | "AuthorizationPermissionMismatch"
            | "AccountIsDisabled"
            | "InsufficientAccountPermissions"
            | "AuthorizationProtocolMismatch" => refused(format!(
                "the credentials may not do this; they need to read, write, delete and list in {container}"
            )),
            "AuthorizationHeaderMalformed"
            | "PermanentRedirect"
            | "TemporaryRedirect"
            | "IllegalLocationConstraintException"
            | "AuthorizationQueryParametersError" => {
                let expected = quoted(error.message(), "expecting '").filter(|name| {
                    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                });
                let region =
                    expected.map_or_else(|| "region: …".to_owned(), |name| format!("region: {name}"));
                Some(Trouble::Failed(format!(
                    "{container} is in another region; write `{region}` in site.yaml"
                )))
            }
            _ => None,
        }
    }

    fn by_kind(&self, code: &str, error: &Error) -> Trouble {
        let Self { container, credentials, .. } = self;
        let code = if code.is_empty() { String::new() } else { format!(" ({code})") };
        if error.message().starts_with("signing") || error.message().starts_with("failed to sign") {
            return Trouble::Refused(format!("no credentials were found in {credentials}"));
        }
        if error.message().contains("timeout reached") {
            return Trouble::Unreachable("it did not answer in time".to_owned());
        }
        match error.kind() {
            ErrorKind::PermissionDenied => Trouble::Refused(format!(
                "it forbids this{code}; look at {credentials}, and at what they may do in {container}"
            )),
            ErrorKind::NotFound => {
                Trouble::Failed(format!("it does not find {container}, or a file in it{code}"))
            }
            ErrorKind::RateLimited => Trouble::Unreachable(format!("it asks for fewer requests{code}")),
            _ if error.source().is_some() => Trouble::Unreachable(connection(error)),
            _ => Trouble::Failed(format!("{}{code}", sentence(error.message()))),
        }
    }

    /// A text without secrets.
    fn scrubbed(&self, text: &str) -> String {
        let secrets = self.secrets.iter().filter(|secret| !secret.is_empty());
        secrets.fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "…"))
    }
}

/// Why there is no connection: the innermost of the reasons.
fn connection(error: &Error) -> String {
    let mut why = error.source();
    let mut text = String::new();
    while let Some(inner) = why {
        text = inner.to_string();
        why = inner.source();
    }
    if text.contains("certificate") {
        return format!("its certificate is not accepted: {text}");
    }
    if text.contains("lookup") || text.contains("resolve") {
        return format!("there is no server of this name: {text}");
    }
    text
}

/// What stands after `mark` up to the next quotation mark of its kind.
fn quoted(text: &str, mark: &str) -> Option<String> {
    let quote = mark.chars().last()?;
    let (_, rest) = text.split_once(mark)?;
    let (inner, _) = rest.split_once(quote)?;
    Some(inner.to_owned())
}

/// One sentence of what a server said: its message, or the beginning of whatever it sent.
fn sentence(message: &str) -> String {
    let said = quoted(message, "message: \"").filter(|said| !said.is_empty());
    let said = said.as_deref().unwrap_or(message).lines().next().unwrap_or_default().trim();
    if said.is_empty() {
        return "an answer without words".to_owned();
    }
    let short: String = said.chars().take(200).collect();
    if short.len() < said.len() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: ErrorKind, message: &str) -> Trouble {
        let told = Told {
            container: "bucket `site`".to_owned(),
            credentials: "AWS_SECRET_ACCESS_KEY".to_owned(),
            secrets: vec!["hunter2".to_owned(), String::new()],
        };
        told.trouble(&Error::new(kind, message))
    }

    #[test]
    fn the_commonest_faults_say_what_to_do() {
        let code = |code: &str| format!("S3Error {{ code: \"{code}\", message: \"x\", resource: \"\" }}");
        let table = [
            (ErrorKind::ConfigInvalid, code("NoSuchBucket"), "there is no bucket `site`"),
            (ErrorKind::PermissionDenied, code("SignatureDoesNotMatch"), "AWS_SECRET_ACCESS_KEY does not fit"),
            (ErrorKind::PermissionDenied, code("RequestTimeTooSkewed"), "clock"),
            (ErrorKind::PermissionDenied, code("ExpiredToken"), "has expired"),
            (ErrorKind::PermissionDenied, code("Whatever"), "(Whatever)"),
            (
                ErrorKind::Unexpected,
                "S3Error { code: \"AuthorizationHeaderMalformed\", message: \"the region 'us-east-1' is wrong; expecting 'eu-west-1'\" }".to_owned(),
                "`region: eu-west-1`",
            ),
            (ErrorKind::Unexpected, code("PermanentRedirect"), "another region"),
            (ErrorKind::Unexpected, "io timeout reached".to_owned(), "in time"),
        ];
        for (kind, message, expected) in table {
            let (Trouble::Refused(why) | Trouble::Failed(why) | Trouble::Unreachable(why)) =
                told(kind, &message)
            else {
                panic!("{message}")
            };
            assert!(why.contains(expected), "{why}");
        }
    }

    #[test]
    fn what_a_server_said_is_short_and_without_secrets() {
        let said = "code: \"Odd\", message: \"the key hunter2 is odd\", resource: \"/a?sig=1\"";
        assert_eq!(told(ErrorKind::Unexpected, said), Trouble::Failed("the key … is odd (Odd)".to_owned()));
        let long = "x".repeat(1000);
        let Trouble::Failed(why) = told(ErrorKind::Unexpected, &long) else { panic!() };
        assert_eq!(why.chars().count(), 201);
        assert_eq!(told(ErrorKind::Unexpected, ""), Trouble::Failed("an answer without words".to_owned()));
    }
}
