//! Google Cloud Storage.
//!
//! Owns where its credentials come from: a file, named by a variable or where Google's programs keep
//! it. It never asks a machine's metadata service.

use std::fs;

use opendal::Operator;
use opendal::services::Gcs;

use super::answers::Told;
use super::credentials::{Variables, file_in_home};
use super::store::{Guard, Store};
use crate::config::GcsHost;
use crate::publish::open::Context;
use crate::publish::trouble::Trouble;

/// The place that a bucket is.
pub(super) fn open(context: &Context<'_>, host: &GcsHost) -> Result<Store, Trouble> {
    let variables = Variables::new("GOOGLE");
    let mut service = Gcs::default().bucket(&host.bucket).root(&host.prefix).disable_vm_metadata();
    if let Some(endpoint) = &host.endpoint {
        service = service.endpoint(endpoint);
    }
    let mut secrets = Vec::new();
    // What Google's own libraries take as the sign that there is an emulator, which knows no users.
    let emulated = host.endpoint.is_some() && std::env::var_os("STORAGE_EMULATOR_HOST").is_some();
    match variables.get("APPLICATION_CREDENTIALS") {
        _ if emulated => service = service.skip_signature(),
        Some(file) => {
            let text = fs::read_to_string(&file).map_err(|error| {
                let what = "the file that GOOGLE_APPLICATION_CREDENTIALS names cannot be read";
                Trouble::Refused(format!("{what}: {error}"))
            })?;
            let json: serde_json::Value = serde_json::from_str(&text).map_err(|_| {
                Trouble::Refused("the file that GOOGLE_APPLICATION_CREDENTIALS names is not JSON".to_owned())
            })?;
            let kept = ["private_key", "client_secret", "refresh_token"];
            secrets.extend(kept.iter().filter_map(|key| json.get(key)?.as_str()).map(str::to_owned));
            service = service.credential_path(&file);
        }
        None if file_in_home(".config/gcloud/application_default_credentials.json") => {}
        None => {
            let file = "~/.config/gcloud/application_default_credentials.json";
            return Err(variables.missing(&["APPLICATION_CREDENTIALS"], file));
        }
    }
    let told = Told {
        container: format!("bucket `{}`", host.bucket),
        credentials: variables.names(&["APPLICATION_CREDENTIALS"]),
        secrets,
    };
    let operator = Operator::new(service).map_err(|error| told.trouble(&error))?;
    let guard = if emulated { Guard::Contents } else { Guard::Conditions };
    Store::new(context, operator, told, guard)
}
