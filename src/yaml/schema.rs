//! The JSON Schema of a table of fields, for editors that check YAML while it is written.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::{Field, Shape};

/// The JSON Schema (draft 2020-12) of a mapping with these fields.
pub fn json_schema(title: &str, fields: &[Field], required: &[&str]) -> Json {
    let mut schema = object_schema(fields);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = title.into();
    schema["required"] = required.iter().copied().collect();
    schema
}

fn object_schema(fields: &[Field]) -> Json {
    let mut properties: HashMap<&str, Json> = HashMap::new();
    for field in fields {
        let mut schema = shape_schema(&field.shape);
        schema["description"] = field.about.into();
        if !field.alias.is_empty() {
            properties.insert(field.alias, schema.clone());
        }
        properties.insert(field.key, schema);
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn shape_schema(shape: &Shape) -> Json {
    const DATE: &str = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?";
    match shape {
        Shape::Text => json!({ "type": ["string", "number"] }),
        Shape::OneOf(words) => json!({ "enum": words }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Number => json!({ "type": ["number", "string"] }),
        Shape::Date => json!({ "type": ["string", "integer"], "pattern": format!("^{DATE}$") }),
        Shape::Period => json!({ "type": ["string", "integer"], "pattern": format!("^{DATE}(/{DATE})?$") }),
        Shape::List(item) => json!({ "type": "array", "items": shape_schema(item) }),
        Shape::Map(fields) => object_schema(fields),
        Shape::Names(value) => json!({ "type": "object", "additionalProperties": shape_schema(value) }),
        Shape::PerLanguage => json!({
            "anyOf": [{ "type": "string" }, { "type": "object", "additionalProperties": { "type": "string" } }]
        }),
        Shape::Any => json!({}),
        Shape::Either(a, b) => json!({ "anyOf": [shape_schema(a), shape_schema(b)] }),
    }
}
