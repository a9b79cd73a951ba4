//! What the parts of a program are: keywords, strings, comments, as classes around them.
//!
//! Owns the names that a language goes by, and the few classes that its many scopes become. The
//! grammars are Sublime Text's, as `bat` collects them; they are read when the first text has code
//! in a language. The text stays what it is, byte for byte, and a text that would take too long,
//! or that a grammar stumbles over, stays without classes.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::escape;

/// What a name behind a fence stands for.
pub(super) enum Language {
    /// Nothing, or text in no language.
    Plain,
    /// A language.
    Known(&'static SyntaxReference),
    /// No language that there is.
    Unknown,
}

/// Longer blocks have no classes: they are data, and no reader reads them.
const LONGEST_BLOCK: usize = 200_000;
/// Longer lines have no classes, and are passed over. A grammar's regular expressions may take time
/// in the third power of a line's length.
const LONGEST_LINE: usize = 500;
/// The grammars of languages whose own comments begin with `/*`, and in which no JavaScript stands.
/// The grammar of JavaScript does not end on `a / b /* c */`. For JavaScript by itself stands
/// TypeScript's; in all other languages, which may have it in markup or in texts of several lines,
/// lines with `/*` are passed over.
#[rustfmt::skip]
const COMMENTED: &[&str] = &[
    "C", "C#", "C++", "CSS", "D", "Dart", "GLSL", "Go", "Graphviz (DOT)", "Groovy", "Java", "Kotlin", "Less",
    "Objective-C", "Protocol Buffer", "Rust", "Scala", "SCSS", "SQL", "Swift", "Terraform", "TypeScript",
    "TypeScriptReact", "Typst", "Verilog", "WGSL",
];

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Names for text in no language.
const PLAIN: &[&str] = &["csv", "log", "none", "output", "plain", "plaintext", "text", "tsv", "txt"];

/// The languages: what `bat` calls their grammars, and the names that writers may use. Grammars that
/// do not end on some texts, or that hardly anybody asks for, are not here.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("Ada", &["ada"]),
    ("Apache Conf", &["apache", "htaccess"]),
    ("AWK", &["awk"]),
    ("Batch File", &["bat", "batch", "cmd"]),
    (
        "Bourne Again Shell (bash)",
        &["sh", "bash", "console", "ksh", "sh-session", "shell", "shell-session", "zsh"],
    ),
    ("C", &["c", "h"]),
    ("C#", &["cs", "c#", "csharp"]),
    ("C++", &["cpp", "c++", "cc", "cxx", "hpp"]),
    ("Clojure", &["clj", "clojure", "cljs", "edn"]),
    ("CMake", &["cmake"]),
    ("CSS", &["css"]),
    ("D", &["d"]),
    ("Dart", &["dart"]),
    ("Diff", &["diff", "patch"]),
    ("Dockerfile", &["dockerfile", "docker"]),
    ("DotENV", &["env", "dotenv"]),
    ("Elixir", &["elixir", "ex", "exs"]),
    ("Elm", &["elm"]),
    ("Erlang", &["erlang", "erl"]),
    ("F#", &["fsharp", "f#", "fs"]),
    ("Fish", &["fish"]),
    ("Fortran (Modern)", &["fortran", "f90"]),
    ("Git Ignore", &["gitignore"]),
    ("GLSL", &["glsl"]),
    ("Go", &["go", "golang"]),
    ("GraphQL", &["graphql", "gql"]),
    ("Graphviz (DOT)", &["dot", "graphviz", "gv"]),
    ("Groovy", &["groovy", "gradle"]),
    ("Haskell", &["haskell", "hs"]),
    ("HTML", &["html", "htm", "xhtml"]),
    ("HTML (Jinja2)", &["jinja", "j2", "jinja2", "liquid", "njk", "nunjucks", "tera"]),
    ("HTML (Twig)", &["twig"]),
    ("HTTP Request and Response", &["http"]),
    ("INI", &["ini", "cfg", "conf", "desktop", "editorconfig"]),
    ("Java", &["java"]),
    ("Java Properties", &["properties"]),
    ("JQ", &["jq"]),
    ("JSON", &["json", "geojson", "jsonl", "ndjson", "webmanifest"]),
    ("Julia", &["julia", "jl"]),
    ("Kotlin", &["kotlin", "kt", "kts"]),
    ("LaTeX", &["latex", "tex"]),
    ("Less", &["less"]),
    ("Lisp", &["lisp", "el", "scheme", "scm"]),
    ("Lua", &["lua"]),
    ("Makefile", &["makefile", "make", "mk"]),
    ("Markdown", &["md", "markdown"]),
    ("MATLAB", &["matlab"]),
    ("nginx", &["nginx"]),
    ("Nim", &["nim"]),
    ("Nix", &["nix"]),
    ("Objective-C", &["objc", "m", "objective-c"]),
    ("OCaml", &["ocaml", "ml"]),
    ("Pascal", &["pascal", "pas"]),
    ("Perl", &["perl", "pl"]),
    ("PHP", &["php"]),
    ("Protocol Buffer", &["proto", "protobuf"]),
    ("Python", &["py", "python"]),
    ("R", &["r"]),
    ("Regular Expression", &["regex", "re"]),
    ("reStructuredText", &["rst"]),
    ("Ruby", &["ruby", "rb"]),
    ("Rust", &["rust", "rs"]),
    ("Sass", &["sass"]),
    ("Scala", &["scala"]),
    ("SCSS", &["scss"]),
    ("SQL", &["sql"]),
    ("Svelte", &["svelte"]),
    ("Swift", &["swift"]),
    ("Terraform", &["terraform", "hcl", "tf"]),
    ("TOML", &["toml"]),
    ("TypeScript", &["js", "cjs", "cts", "javascript", "json5", "jsonc", "mjs", "mts", "ts", "typescript"]),
    ("TypeScriptReact", &["tsx", "jsx"]),
    ("Typst", &["typst", "typ"]),
    ("Verilog", &["verilog"]),
    ("VHDL", &["vhdl"]),
    ("VimL", &["vim", "viml"]),
    ("Vue Component", &["vue"]),
    ("WGSL", &["wgsl"]),
    ("x86_64 Assembly", &["asm", "nasm"]),
    ("XML", &["xml", "atom", "plist", "rss", "svg", "xsd", "xslt"]),
    ("YAML", &["yaml", "yml"]),
    ("Zig", &["zig"]),
];

/// The language of a name, in any case.
pub(super) fn language(name: &str) -> Language {
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    if name.is_empty() || PLAIN.iter().any(is) {
        return Language::Plain;
    }
    let grammar = LANGUAGES.iter().find(|(_, names)| names.iter().any(is));
    let syntax = grammar.and_then(|(grammar, _)| SYNTAXES.find_syntax_by_name(grammar));
    syntax.map_or(Language::Unknown, Language::Known)
}

/// All names that [`language`] knows.
pub(super) fn names() -> impl Iterator<Item = &'static str> + Clone {
    LANGUAGES.iter().flat_map(|(_, names)| *names).chain(PLAIN).copied()
}

/// The classes, by the scopes that they stand for. The longest scope decides; a scope without a
/// class ends what stands around it, and one that is not here leaves it as it is.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "hl-comment"),
    ("constant", "hl-constant"),
    ("constant.numeric", "hl-number"),
    ("entity.name", "hl-type"),
    ("entity.name.function", "hl-function"),
    ("entity.name.section", "hl-section"),
    ("entity.name.table", "hl-section"),
    ("entity.name.tag", "hl-tag"),
    ("entity.name.tag.toml", "hl-property"),
    ("entity.name.tag.yaml", "hl-property"),
    ("entity.other.attribute-name", "hl-attribute"),
    ("entity.other.inherited-class", "hl-type"),
    ("entity.other.jinja2", "hl-keyword"),
    ("entity.other.pseudo-class", "hl-attribute"),
    ("entity.other.pseudo-element", "hl-attribute"),
    ("invalid", ""),
    ("keyword", "hl-keyword"),
    ("keyword.operator", ""),
    ("keyword.operator.logical", "hl-keyword"),
    ("keyword.operator.logical.continue", ""),
    ("keyword.operator.logical.pipe", ""),
    ("keyword.operator.word", "hl-keyword"),
    ("keyword.other.unit", "hl-number"),
    ("markup.deleted", "hl-deleted"),
    ("markup.heading", "hl-section"),
    ("markup.inserted", "hl-inserted"),
    ("meta.diff", "hl-section"),
    ("meta.interpolation", ""),
    ("meta.template.expression", ""),
    ("punctuation.definition.variable", "hl-variable"),
    ("source", ""),
    ("storage", "hl-keyword"),
    ("string", "hl-string"),
    ("string.unquoted", ""),
    ("support.class", "hl-type"),
    ("support.constant", "hl-constant"),
    ("support.function", "hl-function"),
    ("support.macro", "hl-function"),
    ("support.type", "hl-type"),
    ("support.type.custom-property", "hl-property"),
    ("support.type.property-name", "hl-property"),
    ("text", ""),
    ("variable.annotation", "hl-attribute"),
    ("variable.function", "hl-function"),
    ("variable.language", "hl-constant"),
    ("variable.object.property", "hl-property"),
    ("variable.other.member", "hl-property"),
    ("variable.other.php", "hl-variable"),
    ("variable.other.readwrite.shell", "hl-variable"),
    ("variable.parameter", "hl-variable"),
];

static SCOPES: LazyLock<Scopes> = LazyLock::new(|| {
    let rule = |&(scope, class): &(&str, &'static str)| Some((Scope::new(scope).ok()?, class));
    let mut rules: Vec<_> = CLASSES.iter().filter_map(rule).collect();
    rules.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
    Scopes { rules, json_key: Scope::new("meta.mapping.key.json").ok() }
});

struct Scopes {
    /// Those of [`CLASSES`], the longest first.
    rules: Vec<(Scope, &'static str)>,
    /// A key in JSON, which is a string.
    json_key: Option<Scope>,
}

impl Scopes {
    /// The class of a text within these scopes; empty for none.
    fn class(&self, scopes: &[Scope]) -> &'static str {
        let rule = |scope: &Scope| self.rules.iter().find(|(of, _)| of.is_prefix_of(*scope));
        match scopes.iter().rev().find_map(rule) {
            Some((_, "hl-string")) if self.json_key.is_some_and(|key| scopes.contains(&key)) => "hl-property",
            Some((_, class)) => class,
            None => "",
        }
    }
}

/// Appends code, escaped, with its parts in classes.
pub(super) fn write(out: &mut String, code: &str, syntax: &SyntaxReference) {
    let from = out.len();
    if code.len() > LONGEST_BLOCK || Spans::new(out).write(code, syntax).is_none() {
        out.truncate(from);
        escape::text(out, code);
    }
}

/// Text on its way out.
struct Spans<'o> {
    out: &'o mut String,
    /// The class that is open.
    open: &'static str,
    /// The white space at the end, which is in a class only if what follows is in the same.
    blank: String,
}

impl<'o> Spans<'o> {
    fn new(out: &'o mut String) -> Self {
        Self { out, open: "", blank: String::new() }
    }

    fn write(mut self, code: &str, syntax: &SyntaxReference) -> Option<()> {
        let (mut state, mut scopes) = (ParseState::new(syntax), ScopeStack::new());
        let mut last = String::new();
        let commented = COMMENTED.contains(&&*syntax.name);
        for line in code.split_inclusive('\n') {
            let stumbles = !commented && line.contains("/*");
            if stumbles || line.len() > LONGEST_LINE {
                self.push("", line);
                continue;
            }
            // The grammars ask for the end of a line, which the last may lack.
            let whole = if line.ends_with('\n') {
                line
            } else {
                last.clear();
                last.extend([line, "\n"]);
                &last
            };
            let mut at = 0;
            for (to, change) in state.parse_line(whole, &SYNTAXES).ok()? {
                let to = to.min(line.len());
                self.push(SCOPES.class(scopes.as_slice()), line.get(at..to)?);
                at = to;
                scopes.apply(&change).ok()?;
            }
            self.push(SCOPES.class(scopes.as_slice()), line.get(at..)?);
        }
        self.change("");
        Some(())
    }

    fn push(&mut self, class: &'static str, text: &str) {
        let words = text.trim_start();
        let (before, words) = (&text[..text.len() - words.len()], words.trim_end());
        self.blank.push_str(before);
        if !words.is_empty() {
            self.change(class);
            escape::text(self.out, words);
        }
        self.blank.push_str(&text[before.len() + words.len()..]);
    }

    fn change(&mut self, class: &'static str) {
        let same = class == self.open;
        if !same && !self.open.is_empty() {
            self.out.push_str("</span>");
        }
        escape::text(self.out, &self.blank);
        self.blank.clear();
        if !same && !class.is_empty() {
            self.out.extend(["<span class=\"", class, "\">"]);
        }
        self.open = class;
    }
}

#[cfg(test)]
mod tests;
