//! Who may ask: requests whose `Host` or `Origin` is not the preview's are refused.
//!
//! Without that, any page that a browser has open could read the preview, by a name that leads to
//! this machine (DNS rebinding).
