//! The codes: every kind of fault has one stable name, listed here and in the documentation.

use super::Severity;

/// A kind of fault.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// Its stable name, usable under `messages` in `site.yaml`.
    pub name: &'static str,
    /// How bad it is unless the site says otherwise.
    pub severity: Severity,
    /// Whether the site may lower it: a site cannot be built in spite of some faults.
    pub fixed: bool,
    /// What it means, for the documentation.
    pub about: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

macro_rules! codes {
    ($($ident:ident $name:literal $severity:ident $fixed:literal $about:literal;)*) => {
        $(#[doc = $about] pub const $ident: Code =
            Code { name: $name, severity: Severity::$severity, fixed: $fixed, about: $about };)*
        /// Every code, in the order of the pipeline.
        pub const ALL_CODES: &[Code] = &[$($ident),*];
    };
}

codes! {
    // source
    UNREADABLE "unreadable" Error true "A file or folder of the site cannot be read.";
    TOO_LARGE "too-large" Error true "A text file is larger than any text should be.";
    NOT_UTF8 "not-utf8" Error true "A text file is not UTF-8.";
    LINK_LEAVES_SITE "link-leaves-site" Error true "A symbolic link points out of the site's folder.";
    NO_SITE "no-site" Error true "There is no `site.yaml` in the site's folder.";
    // yaml
    YAML_SYNTAX "yaml-syntax" Error true "YAML that cannot be read.";
    YAML_LIMIT "yaml-limit" Error true "YAML that is nested or repeated beyond reason.";
    DUPLICATE_KEY "duplicate-key" Error true "A key stands twice in one mapping.";
    UNKNOWN_KEY "unknown-key" Error false "A key that Bashu does not know.";
    WRONG_TYPE "wrong-type" Error true "A value of the wrong type.";
    MISSING_KEY "missing-key" Error true "A key that must be there is missing.";
    INVALID_VALUE "invalid-value" Error true "A value of the right type that makes no sense.";
    INVALID_DATE "invalid-date" Error true "A date or period that is not in the calendar.";
    // config
    NO_LANGUAGE_DATA "no-language-data" Warning false "A language that Bashu has no data for.";
    // article
    NO_FRONT_MATTER "no-front-matter" Error true "An article without front matter, or one that does not end.";
    UNKNOWN_LANGUAGE "unknown-language" Error true "A language code that the site does not have, in a file's name, `translated_from`, a label or `site.yaml`.";
    BAD_FILE_NAME "bad-file-name" Error true "A file name that cannot be an id.";
    DUPLICATE_VERSION "duplicate-version" Error true "Two files are the same version of one article.";
    UNSAFE_LINK "unsafe-link" Error false "A link whose scheme could run code in the reader's browser.";
    UNKNOWN_CODE_LANGUAGE "unknown-code-language" Warning false "A block of code in a language that Bashu does not know.";
    BAD_MATH "bad-math" Error false "A formula that cannot be read.";
    // site
    NO_ORIGINAL "no-original" Error true "A translation of a version that does not exist, or versions that are translations of one another or disagree about the original.";
    UNKNOWN_TOPIC "unknown-topic" Error true "A topic that has no file.";
    BROKEN_LINK "broken-link" Error false "A link to something that is not in the site.";
    BROKEN_ANCHOR "broken-anchor" Error false "A link to a heading that is not there.";
    BROKEN_IMAGE "broken-image" Error false "An image that is not in the site.";
    BAD_IMAGE "bad-image" Error false "A picture that cannot be read, or is not what its name says.";
    MISSING_ALT "missing-alt" Warning false "A picture of which readers who do not see it are told nothing.";
    REMOTE_IMAGE "remote-image" Warning false "A picture on another server.";
    UNKNOWN_FIGURE "unknown-figure" Error true "A citation of a figure that no front matter declares.";
    FIGURE_MISMATCH "figure-mismatch" Error false "A citation whose words state another number than the figure.";
    BAD_CITATION "bad-citation" Error true "A citation that asks for no known manner of writing, or stands where its number would be missing.";
    // plan
    DUPLICATE_URL "duplicate-url" Error true "Two things want the same URL.";
    CASE_COLLISION "case-collision" Error true "Two paths differ only in case, which some systems cannot tell apart.";
    BAD_PATH "bad-path" Error true "A slug, alias or file name that would leave the site or fit no file system.";
    // theme
    MISSING_THEME "missing-theme" Error true "A theme that is neither in `themes/` nor built in.";
    THEME_CYCLE "theme-cycle" Error true "A theme that is its own ancestor.";
    THEME_VERSION "theme-version" Error false "A theme made for another version of Bashu.";
    MISSING_TEMPLATE "missing-template" Error true "A template that no theme of the chain has.";
    BAD_FONT "bad-font" Error true "A font for share cards that is not there, or is none.";
    NO_CARDS "no-cards" Warning false "Share cards that a site asks for and that cannot be drawn.";
    CARD_LETTERS "card-letters" Warning false "A share card that is left out, because no font has a character of its title.";
    TEMPLATE_SYNTAX "template-syntax" Error true "A template that cannot be read.";
    TEMPLATE_RUNTIME "template-runtime" Error true "A template that fails on a page.";
    UNKNOWN_COMPONENT "unknown-component" Error true "A component that the theme does not have.";
    COMPONENT_ARGUMENT "component-argument" Error true "A wrong or missing argument of a component.";
    CHART_DATA "chart-data" Error true "A chart of a kind that there is not, or of figures that make no such chart.";
    CSS_SYNTAX "css-syntax" Error false "A style sheet of the theme that cannot be read.";
    MISSING_ASSET "missing-asset" Error false "A style sheet or script of the theme names a file that is not there.";
    CIRCULAR_IMPORT "circular-import" Error true "Style sheets or scripts of the theme that import each other in a circle.";
    REMOTE_ASSET "remote-asset" Warning false "A style sheet or script of the theme that makes readers fetch something from elsewhere.";
    STRINGS_SYNTAX "strings-syntax" Error true "A Fluent file that cannot be read.";
    MISSING_STRING "missing-string" Warning false "An interface string that a language lacks.";
    UNKNOWN_UNIT "unknown-unit" Error true "A unit of a figure, or its bound, that no interface string can write.";
    // output
    FOREIGN_OUTPUT "foreign-output" Error true "The output folder holds files that Bashu did not write.";
    OUTPUT_FAILED "output-failed" Error true "The output folder cannot be written.";
    // check
    PARITY_NUMBERS "parity-numbers" Warning false "A number that a translation and its original do not both state.";
    PARITY_FIGURES "parity-figures" Warning false "A figure that only one of two versions cites.";
    PARITY_LINKS "parity-links" Warning false "A link that only one of two versions has.";
    PARITY_IMAGES "parity-images" Warning false "An image that only one of two versions has.";
    PARITY_CODE "parity-code" Warning false "Code that differs between two versions.";
    PARITY_COMPONENTS "parity-components" Warning false "A component that only one of two versions calls.";
    PARITY_TABLES "parity-tables" Warning false "A table that has another shape in a translation.";
    PARITY_HEADINGS "parity-headings" Warning false "A heading that only one of two versions has, or on another level.";
    PARITY_LISTS "parity-lists" Warning false "A list or an item that only one of two versions has.";
    PARITY_ALERTS "parity-alerts" Warning false "An alert that only one of two versions has, or of another kind.";
    PARITY_FOOTNOTES "parity-footnotes" Warning false "A footnote that only one of two versions has.";
    PARITY_LENGTH "parity-length" Warning false "Text that only one of two versions has, or a length out of the usual.";
    PARITY_LANGUAGE "parity-language" Warning false "Text that was left in another language.";
    PARITY_FIELDS "parity-fields" Warning false "Front matter in which a translation contradicts its original.";
    PARITY_WAIVER "parity-waiver" Warning false "A waiver of parity that waives nothing.";
    // publish
    UNKNOWN_HOST "unknown-host" Error true "A host that `site.yaml` does not name.";
    HOST_LIMIT "host-limit" Error false "A site that does not fit the host's limits.";
    HOST_BASE_URL "host-base-url" Warning false "A base URL that readers of this host cannot have.";
    REQUIREMENT "requirement" Error true "Something that `require` asks for does not hold.";
    HOST_REFUSED "host-refused" Error true "The host refuses the credentials, or has been given none.";
    HOST_UNREACHABLE "host-unreachable" Error true "The host cannot be reached.";
    HOST_FAILED "host-failed" Error true "The host, or a program that leads to it, reports a fault.";
    HOST_CONFLICT "host-conflict" Error true "Somebody else publishes to the host at the same time, or has changed it.";
    FOREIGN_HOST "foreign-host" Error true "The host holds files that Bashu did not put there.";
    TOO_MANY_DELETES "too-many-deletes" Error true "More files would be deleted than is allowed.";
    NO_RELEASE "no-release" Error true "There is no earlier release to go back to.";
    PUBLISH_STOPPED "publish-stopped" Error true "Publishing was stopped before it was done.";
    NOT_AS_PUBLISHED "not-as-published" Error true "A page that readers get is not the one that was published.";
}

/// The code with a name.
pub fn code_named(name: &str) -> Option<Code> {
    ALL_CODES.iter().copied().find(|c| c.name == name)
}
