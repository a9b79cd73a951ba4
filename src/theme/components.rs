//! Components as Markdown calls them: known, with the right arguments.

use std::borrow::Cow;

use tera::{ComponentArgType, ComponentInfo, Tera};

use super::faults::{diagnose, refusal};
use super::templates::Origins;
use crate::article::{cited, file_named};
use crate::base::{ContentPath, Span};
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean};
use crate::yaml::{Key, Node, Value};

/// The component that a name in Markdown means: Tera's names have no hyphens.
pub fn meant(name: &str) -> Cow<'_, str> {
    if name.contains('-') { name.replace('-', "_").into() } else { name.into() }
}

/// Checks one call; every fault is reported at its own place in the article.
pub fn check(
    tera: &Tera,
    file: &ContentPath,
    name: &str,
    name_span: Span,
    args: Option<&Node>,
    diags: &mut Diagnostics,
) {
    let Some(component) = tera.get_component_definition(&meant(name)) else {
        // A full stop in its name keeps a component for templates, by the custom of our themes.
        let known = tera.get_component_names().filter(|n| !n.contains('.'));
        let mut known: Vec<String> = known.map(|name| name.replace('_', "-")).collect();
        known.sort_unstable();
        let clause = match known.as_slice() {
            [] => "the theme has no components for texts",
            [..] => "components are defined in templates by `{% component name(…) %}`",
        };
        let help = did_you_mean(name, known.iter().map(String::as_str)).unwrap_or_else(|| clause.to_owned());
        diags.push(
            Diagnostic::new(code::UNKNOWN_COMPONENT, format!("the theme has no component `{name}`"))
                .at(file, name_span)
                .help(help),
        );
        return;
    };
    let given = match args.map(|node| (node, &node.value)) {
        None | Some((_, Value::Null)) => &[][..],
        Some((_, Value::Map(map))) => map,
        Some((node, _)) => {
            diags.push(
                Diagnostic::new(
                    code::COMPONENT_ARGUMENT,
                    format!("the arguments of `{name}` must be `key: value` lines, not {}", node.kind()),
                )
                .at(file, node.span)
                .help(signature(&component)),
            );
            return;
        }
    };
    for (key, value) in given {
        match component.args().iter().find(|a| a.name() == &*key.name) {
            None if component.rest_param().is_some() => {}
            None => {
                // What is asked for with `@` is not the writer's, but for figures.
                let open = component.args().iter().filter(|a| !a.is_implicit() || a.name() == "figures");
                let help = did_you_mean(&key.name, open.map(|a| a.name()))
                    .unwrap_or_else(|| "it takes no arguments".to_owned());
                diags.push(
                    Diagnostic::new(
                        code::COMPONENT_ARGUMENT,
                        format!("`{name}` has no argument `{}`", key.name),
                    )
                    .at(file, key.span)
                    .help(help),
                );
            }
            Some(arg) => {
                if let Some(wanted) = arg.arg_type()
                    && !fits(wanted, &value.value)
                {
                    diags.push(misfit(name, key, value, wanted).at(file, value.span));
                }
            }
        }
    }
    for arg in component.args().iter().filter(|a| a.is_required() && !a.is_implicit()) {
        if !given.iter().any(|(key, _)| *key.name == *arg.name()) {
            diags.push(
                Diagnostic::new(
                    code::COMPONENT_ARGUMENT,
                    format!("`{name}` needs the argument `{}`", arg.name()),
                )
                .at(file, name_span)
                .help(signature(&component)),
            );
        }
    }
}

/// A call that failed while its page was rendered: at the call what is wrong with its arguments;
/// anything else in the template, with the call beside it.
pub fn failure(
    origins: &Origins,
    error: &tera::Error,
    (file, name, name_span): (&ContentPath, &str, Span),
) -> Vec<Diagnostic> {
    let mut faults = diagnose(error, origins, None, code::TEMPLATE_RUNTIME);
    if let Some(refusal) = refusal(error, origins) {
        let mut refused = Diagnostic::new(code::COMPONENT_ARGUMENT, refusal.said).at(file, name_span);
        if refusal.help.is_some() {
            // It may be the template's own value all the same.
            refused.labels.extend(faults.into_iter().flat_map(|fault| fault.labels));
        }
        let change = || format!("change what this call gives `{name}`");
        return vec![refused.help(refusal.help.map_or_else(change, str::to_owned))];
    }
    for fault in &mut faults {
        fault.help.get_or_insert_with(|| "mend the template, or what the call gives it".to_owned());
    }
    faults.into_iter().map(|fault| fault.at_with(file, name_span, "called here")).collect()
}

fn fits(wanted: ComponentArgType, value: &Value) -> bool {
    match (wanted, value) {
        // A cited figure comes as a mapping of what is known of it, and so does a named file.
        (wanted, Value::Text(text)) if cited(text).is_some() || file_named(text).is_some() => {
            wanted == ComponentArgType::Map
        }
        (ComponentArgType::String, Value::Text(_))
        | (ComponentArgType::Bool, Value::Bool(_))
        | (ComponentArgType::Number | ComponentArgType::Float, Value::Number(_))
        | (ComponentArgType::Array, Value::List(_))
        | (ComponentArgType::Map, Value::Map(_)) => true,
        (ComponentArgType::Integer, Value::Number(n)) => n.parse::<i64>().is_ok(),
        _ => false,
    }
}

/// An argument of another type than the component wants.
fn misfit(name: &str, key: &Key, value: &Node, wanted: ComponentArgType) -> Diagnostic {
    let found = match &value.value {
        Value::Text(text) if cited(text).is_some() => "a figure",
        Value::Text(text) if file_named(text).is_some() => "a file",
        _ => value.kind(),
    };
    let (key, in_words) = (&key.name, words(wanted));
    let help = match (wanted, &value.value) {
        (ComponentArgType::String, Value::Number(_) | Value::Bool(_)) => {
            "put it in quotation marks".to_owned()
        }
        (ComponentArgType::Map, Value::Text(_)) => {
            format!("a file is named as in `{key}: file:boats.jpg`, a figure as in `{key}: figure:trips`")
        }
        (ComponentArgType::Array, _) => {
            format!("write a list after `{key}:`, with a hyphen before each item")
        }
        _ => format!("write {in_words} after `{key}:`"),
    };
    let message = format!("`{key}` of `{name}` must be {in_words}, not {found}");
    Diagnostic::new(code::COMPONENT_ARGUMENT, message).help(help)
}

/// A type in the words of a message.
fn words(wanted: ComponentArgType) -> &'static str {
    match wanted {
        ComponentArgType::String => "text",
        ComponentArgType::Bool => "`true` or `false`",
        ComponentArgType::Integer => "a whole number",
        ComponentArgType::Number | ComponentArgType::Float => "a number",
        ComponentArgType::Array => "a list",
        ComponentArgType::Map => "a mapping",
        _ => "something else",
    }
}

fn signature(component: &ComponentInfo) -> String {
    let names = |required: bool| {
        let args = component.args().iter().filter(|a| !a.is_implicit() && a.is_required() == required);
        let mut names: Vec<String> = args.map(|a| format!("`{}: …`", a.name())).collect();
        names.sort_unstable();
        names.join(", ")
    };
    match (names(true).as_str(), names(false).as_str()) {
        ("", "") => "it takes no arguments".to_owned(),
        ("", optional) => format!("write one argument a line; there may be {optional}"),
        (required, "") => format!("write one argument a line: {required}"),
        (required, optional) => {
            format!("write one argument a line: {required}; there may also be {optional}")
        }
    }
}
