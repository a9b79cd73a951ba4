//! Amazon S3 and what is compatible with it.
//!
//! Owns where its address and credentials come from. It never asks a machine's metadata service
//! unless it is told to: outside a cloud nobody answers there, for half a minute.

use opendal::Operator;
use opendal::services::S3;

use super::answers::Told;
use super::credentials::{Variables, file_in_home};
use super::store::{Guard, Store};
use crate::config::S3Host;
use crate::publish::open::Context;
use crate::publish::trouble::Trouble;

const AMAZON: &str = "https://s3.amazonaws.com";

/// The place that a bucket is.
pub(super) fn open(context: &Context<'_>, host: &S3Host) -> Result<Store, Trouble> {
    if host.endpoint.is_none() && host.region == "auto" {
        return Err(Trouble::Unfit(
            "Amazon's S3 needs to know the bucket's region".to_owned(),
            "write it as in `region: eu-west-1`, or give the `endpoint` of another store".to_owned(),
        ));
    }
    let variables = Variables::new(host.credentials.as_deref().unwrap_or("AWS"));
    let mut service = S3::default()
        .bucket(&host.bucket)
        .root(&host.prefix)
        .region(&host.region)
        // Said in any case, so that no variable of the environment sends a site elsewhere.
        .endpoint(host.endpoint.as_deref().unwrap_or(AMAZON));
    if host.virtual_host {
        service = service.enable_virtual_host_style();
    }
    let [key, secret, token] =
        ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN"].map(|name| variables.get(name));
    let metadata = variables.get("EC2_METADATA_DISABLED").is_some_and(|said| said == "false");
    if !metadata {
        service = service.disable_ec2_metadata();
    }
    match (&key, &secret) {
        (Some(key), Some(secret)) => {
            service = service.access_key_id(key).secret_access_key(secret).disable_config_load();
            if let Some(token) = &token {
                service = service.session_token(token);
            }
        }
        // Only the usual variables have the usual files beside them.
        (None, None) if host.credentials.is_none() && (metadata || has_other_sources(&variables)) => {}
        _ => {
            let file = if host.credentials.is_none() { "~/.aws/credentials" } else { "" };
            return Err(variables.missing(&["ACCESS_KEY_ID", "SECRET_ACCESS_KEY"], file));
        }
    }
    let told = Told {
        container: format!("bucket `{}`", host.bucket),
        credentials: variables.names(&["ACCESS_KEY_ID", "SECRET_ACCESS_KEY"]),
        secrets: [secret, token].into_iter().flatten().collect(),
    };
    let operator = Operator::new(service).map_err(|error| told.trouble(&error))?;
    // What only calls itself compatible may take a condition and not keep it.
    let guard = if host.endpoint.is_none() { Guard::Conditions } else { Guard::Tags };
    Store::new(context, operator, told, guard)
}

/// Whether credentials may come from Amazon's other usual places: files, a token of a CI job, a
/// container's own.
fn has_other_sources(variables: &Variables) -> bool {
    ["WEB_IDENTITY_TOKEN_FILE", "CONTAINER_CREDENTIALS_RELATIVE_URI", "CONTAINER_CREDENTIALS_FULL_URI"]
        .iter()
        .any(|name| variables.get(name).is_some())
        || [("SHARED_CREDENTIALS_FILE", ".aws/credentials"), ("CONFIG_FILE", ".aws/config")]
            .iter()
            .any(|(name, usual)| variables.get(name).is_some() || file_in_home(usual))
}
