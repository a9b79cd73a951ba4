//! Azure Blob Storage.
//!
//! Owns where its address and credentials come from: a key, a shared access signature, or a
//! connection string. It never asks a machine's metadata service.

use opendal::Operator;
use opendal::services::Azblob;

use super::answers::Told;
use super::credentials::Variables;
use super::store::{Guard, Store};
use crate::config::AzblobHost;
use crate::publish::open::Context;
use crate::publish::trouble::Trouble;

/// The place that a container is.
pub(super) fn open(context: &Context<'_>, host: &AzblobHost) -> Result<Store, Trouble> {
    let variables = Variables::new(host.credentials.as_deref().unwrap_or("AZURE_STORAGE"));
    // Each by its name in Microsoft's libraries, and in its command line.
    let either = |long: &str, short: &str| variables.get(long).or_else(|| variables.get(short));
    let string = variables.get("CONNECTION_STRING");
    let key = either("ACCOUNT_KEY", "KEY");
    let signature = variables.get("SAS_TOKEN").map(|token| token.trim_start_matches('?').to_owned());
    let told = Told {
        container: format!("container `{}`", host.container),
        credentials: match (&signature, &key) {
            (Some(_), _) => variables.names(&["SAS_TOKEN"]),
            (None, Some(_)) => variables.names(&["ACCOUNT_NAME", "ACCOUNT_KEY"]),
            (None, None) => variables.names(&["CONNECTION_STRING"]),
        },
        secrets: secrets(key.as_deref(), signature.as_deref(), string.as_deref()),
    };
    let own = host.account.clone().or_else(|| either("ACCOUNT_NAME", "ACCOUNT"));
    let mut service = match (&key, &signature, &string) {
        (None, None, Some(string)) => Azblob::from_connection_string(string)
            .map_err(|_| Trouble::Refused(format!("{} is no connection string", told.credentials)))?,
        (None, None, None) if own.is_some() => return Err(variables.missing(&["ACCOUNT_KEY"], "")),
        (None, None, None) => return Err(variables.missing(&["ACCOUNT_NAME", "ACCOUNT_KEY"], "")),
        _ => {
            let usual = own.as_ref().map(|account| format!("https://{account}.blob.core.windows.net"));
            let Some(endpoint) = host.endpoint.clone().or(usual) else {
                return Err(variables.missing(&["ACCOUNT_NAME"], ""));
            };
            Azblob::default().endpoint(&endpoint)
        }
    };
    if let Some(endpoint) = &host.endpoint {
        service = service.endpoint(endpoint);
    }
    if let Some(account) = &own {
        service = service.account_name(account);
    }
    service = match (&signature, &key) {
        (Some(signature), _) => service.sas_token(signature),
        (None, Some(key)) => service.account_key(key),
        (None, None) => service,
    };
    let operator = Operator::new(service.container(&host.container).root(&host.prefix))
        // It is checked that the key is in base64.
        .map_err(|_| Trouble::Refused(format!("what stands in {} is damaged", told.credentials)))?;
    Store::new(context, operator, told, Guard::Conditions)
}

/// All that may be shown nowhere.
fn secrets(key: Option<&str>, signature: Option<&str>, string: Option<&str>) -> Vec<String> {
    let mut secrets: Vec<String> = [key, signature].into_iter().flatten().map(str::to_owned).collect();
    for part in string.unwrap_or_default().split(';') {
        if let Some((name, value)) = part.split_once('=')
            && matches!(name.trim(), "AccountKey" | "SharedAccessSignature")
        {
            secrets.push(value.to_owned());
        }
    }
    // The signature proper, as it stands in addresses and as it is meant.
    let tokens = secrets.clone();
    for sig in tokens.iter().flat_map(|token| token.split('&')).filter_map(|part| part.strip_prefix("sig=")) {
        secrets.push(sig.to_owned());
        secrets.push(percent_encoding::percent_decode_str(sig).decode_utf8_lossy().into_owned());
    }
    secrets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_secret_in_each_form() {
        let known = secrets(None, Some("sv=2019&sig=a%2Fb%3D"), None);
        assert_eq!(known, ["sv=2019&sig=a%2Fb%3D", "a%2Fb%3D", "a/b="]);
        let known = secrets(None, None, Some("AccountName=us;AccountKey=a2V5==;EndpointSuffix=x"));
        assert_eq!(known, ["a2V5=="]);
    }
}
