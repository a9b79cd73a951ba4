//! Components as Markdown calls them: known, with the right arguments.

use tera::{ComponentArgType, ComponentInfo, Tera};

use crate::base::{ContentPath, Span};
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean};
use crate::yaml::{Node, Value};

/// Checks one call; every fault is reported at its own place in the article.
pub fn check(
    tera: &Tera,
    file: &ContentPath,
    name: &str,
    name_span: Span,
    args: Option<&Node>,
    diags: &mut Diagnostics,
) {
    let Some(component) = tera.get_component_definition(name) else {
        let mut known: Vec<&str> = tera.get_component_names().collect();
        known.sort_unstable();
        let help = did_you_mean(name, known.iter().copied())
            .unwrap_or_else(|| "the theme has no components".to_owned());
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
                    format!("the arguments of `{name}` must be a mapping, not {}", node.kind()),
                )
                .at(file, node.span)
                .help("write one argument a line, as in `title: …`"),
            );
            return;
        }
    };
    for (key, value) in given {
        match component.args().iter().find(|a| a.name() == &*key.name) {
            None if component.rest_param().is_some() => {}
            None => {
                let help = did_you_mean(&key.name, component.args().iter().map(|a| a.name()))
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
                    diags.push(
                        Diagnostic::new(
                            code::COMPONENT_ARGUMENT,
                            format!(
                                "`{}` of `{name}` must be of type {wanted}, not {}",
                                key.name,
                                value.kind()
                            ),
                        )
                        .at(file, value.span)
                        .help(signature(&component)),
                    );
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

fn fits(wanted: ComponentArgType, value: &Value) -> bool {
    match (wanted, value) {
        (ComponentArgType::String, Value::Text(_))
        | (ComponentArgType::Bool, Value::Bool(_))
        | (ComponentArgType::Number | ComponentArgType::Float, Value::Number(_))
        | (ComponentArgType::Array, Value::List(_))
        | (ComponentArgType::Map, Value::Map(_)) => true,
        (ComponentArgType::Integer, Value::Number(n)) => n.parse::<i64>().is_ok(),
        _ => false,
    }
}

fn signature(component: &ComponentInfo) -> String {
    let args: Vec<String> = component
        .args()
        .iter()
        .filter(|a| !a.is_implicit())
        .map(|a| {
            let kind = a.arg_type().map_or(String::new(), |t| format!(": {t}"));
            let optional = if a.is_required() { "" } else { " (may be left out)" };
            format!("`{}{kind}`{optional}", a.name())
        })
        .collect();
    if args.is_empty() { "it takes no arguments".to_owned() } else { format!("it takes {}", args.join(", ")) }
}
