//! The types of Rust sources as declarations of TypeScript, with their comments.

use std::fmt::Write as _;

use syn::parse::{Parse, ParseBuffer, ParseStream};
use syn::{
    Attribute, Expr, Fields, GenericArgument, Ident, Item, ItemEnum, ItemStruct, Lit, LitStr, Meta,
    PathArguments, Token, Type, braced,
};

use crate::serde_names::{Serde, is_serialized, snake_case};

const HEAD: &str = "\
// What crosses the line to the backend. Written from the crate `supabase-session-contract`: change it there, then run
// `WRITE_TYPES=1 cargo test -p xtask --test typescript`.
";

/// `command!(Request => \"name\", Answer)`.
struct Command {
    request: Ident,
    name: String,
    answer: Type,
}

impl Parse for Command {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let request = input.parse()?;
        input.parse::<Token![=>]>()?;
        let name = input.parse::<LitStr>()?.value();
        input.parse::<Token![,]>()?;
        Ok(Self { request, name, answer: input.parse()? })
    }
}

/// `secret_text! { /// Comment. Name }`.
struct SecretText {
    attributes: Vec<Attribute>,
    name: Ident,
}

impl Parse for SecretText {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        Ok(Self { attributes: input.call(Attribute::parse_outer)?, name: input.parse()? })
    }
}

/// `named! { /// Comment. pub enum Name { Variant => "name", } }`.
struct NamedEnum {
    attributes: Vec<Attribute>,
    name: Ident,
    names: Vec<String>,
}

impl Parse for NamedEnum {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Token![pub]>()?;
        input.parse::<Token![enum]>()?;
        let name = input.parse()?;
        let (variants, mut names) = (body(input)?, Vec::new());
        while !variants.is_empty() {
            variants.call(Attribute::parse_outer)?;
            variants.parse::<Ident>()?;
            variants.parse::<Token![=>]>()?;
            names.push(variants.parse::<LitStr>()?.value());
            variants.parse::<Token![,]>()?;
        }
        Ok(Self { attributes, name, names })
    }
}

/// What stands between the braces.
fn body(input: ParseStream<'_>) -> syn::Result<ParseBuffer<'_>> {
    let body;
    braced!(body in input);
    Ok(body)
}

/// All types of these sources that cross the line, then all commands.
pub(crate) fn of(sources: &[syn::File]) -> String {
    let (mut types, mut commands) = (HEAD.to_owned(), String::new());
    for item in sources.iter().flat_map(|source| &source.items) {
        match item {
            Item::Struct(item) if is_serialized(&item.attrs) => structure(&mut types, item),
            Item::Enum(item) if is_serialized(&item.attrs) => enumeration(&mut types, item),
            Item::Macro(item) if item.mac.path.is_ident("command") => {
                let Command { request, name, answer } = item.mac.parse_body().unwrap();
                let answer = type_of(&answer);
                writeln!(commands, "  {name}: {{ request: {request}; answer: {answer} }}").unwrap();
            }
            Item::Macro(item) if item.mac.path.is_ident("secret_text") => {
                let SecretText { attributes, name } = item.mac.parse_body().unwrap();
                comment(&mut types, &attributes, "");
                writeln!(types, "export type {name} = string").unwrap();
            }
            Item::Macro(item) if item.mac.path.is_ident("named") => {
                let NamedEnum { attributes, name, names } = item.mac.parse_body().unwrap();
                comment(&mut types, &attributes, "");
                union(&mut types, &name, &names);
            }
            _ => {}
        }
    }
    types
        + "\n/** Each command of the plugin: what it takes and what it answers. */\nexport interface Commands {\n"
        + &commands
        + "}\n"
}

fn structure(types: &mut String, item: &ItemStruct) {
    comment(types, &item.attrs, "");
    let name = &item.ident;
    match &item.fields {
        Fields::Named(fields) if fields.named.is_empty() => {
            writeln!(types, "export type {name} = Record<string, never>").unwrap();
        }
        fields @ Fields::Named(_) => {
            let fields = members(fields, "  ");
            let parameters = parameters(item);
            write!(types, "export interface {name}{parameters} {{\n{fields}}}\n").unwrap();
        }
        _ => panic!("{name} has no named fields"),
    }
}

/// What stands between the angle brackets of a type: the name of each parameter, and what it is where none is said.
fn parameters(item: &ItemStruct) -> String {
    let written: Vec<String> = item
        .generics
        .type_params()
        .map(|parameter| {
            let default = parameter.default.as_ref().expect("a parameter that is something by itself");
            format!("{} = {}", parameter.ident, type_of(default))
        })
        .collect();
    if written.is_empty() { String::new() } else { format!("<{}>", written.join(", ")) }
}

fn enumeration(types: &mut String, item: &ItemEnum) {
    let (name, serde) = (&item.ident, Serde::of(&item.attrs));
    assert!(serde.is_snake_case, "{name} has no `rename_all`");
    comment(types, &item.attrs, "");
    let names: Vec<_> = item.variants.iter().map(|variant| snake_case(&variant.ident.to_string())).collect();
    let Some(tag) = &serde.tag else {
        assert!(item.variants.iter().all(|variant| variant.fields.is_empty()), "{name} has no `tag`");
        return union(types, name, &names);
    };
    writeln!(types, "export type {name} =").unwrap();
    for (variant, name) in item.variants.iter().zip(names) {
        if variant.fields.is_empty() {
            writeln!(types, "  | {{ {tag}: '{name}' }}").unwrap();
        } else {
            let fields = members(&variant.fields, "      ");
            write!(types, "  | {{\n      {tag}: '{name}'\n{fields}    }}\n").unwrap();
        }
    }
}

/// A type that is one of these names.
fn union(types: &mut String, name: &Ident, names: &[String]) {
    let names: Vec<_> = names.iter().map(|name| format!("'{name}'")).collect();
    let line = format!("export type {name} = {}\n", names.join(" | "));
    let lines = || format!("export type {name} =\n  | {}\n", names.join("\n  | "));
    *types += &if line.len() <= 120 { line } else { lines() };
}

fn members(fields: &Fields, indent: &str) -> String {
    let mut members = String::new();
    for field in fields {
        let serde = Serde::of(&field.attrs);
        let own = || field.ident.as_ref().expect("a field without a name").to_string();
        let (name, mark) = (serde.rename.unwrap_or_else(own), if serde.is_optional { "?" } else { "" });
        comment(&mut members, &field.attrs, indent);
        writeln!(members, "{indent}{name}{mark}: {}", type_of(&field.ty)).unwrap();
    }
    members
}

/// A type as JSON has it.
fn type_of(rust: &Type) -> String {
    match rust {
        Type::Tuple(tuple) if tuple.elems.is_empty() => "null".to_owned(),
        Type::Tuple(tuple) => {
            format!("[{}]", tuple.elems.iter().map(type_of).collect::<Vec<_>>().join(", "))
        }
        Type::Path(path) => {
            let last = path.path.segments.last().unwrap();
            let name = last.ident.to_string();
            match (name.as_str(), arguments(&last.arguments).as_slice()) {
                ("String", []) => "string".to_owned(),
                ("bool", []) => "boolean".to_owned(),
                ("u16" | "u32" | "u64", []) => "number".to_owned(),
                ("Value", []) => "unknown".to_owned(),
                ("Map", [_, _]) => "object".to_owned(),
                // `null` is of the type `unknown` already.
                ("Option", [inner]) if inner == "unknown" => inner.clone(),
                ("Option", [inner]) => format!("{inner} | null"),
                ("Vec", [inner]) if inner.contains('|') => format!("({inner})[]"),
                ("Vec", [inner]) => format!("{inner}[]"),
                (_, []) if name.starts_with(char::is_uppercase) => name,
                (_, arguments) => panic!("a type that is not known here: {name} {arguments:?}"),
            }
        }
        _ => panic!("a type that is not known here"),
    }
}

fn arguments(arguments: &PathArguments) -> Vec<String> {
    let PathArguments::AngleBracketed(arguments) = arguments else { return Vec::new() };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(argument) => Some(type_of(argument)),
        _ => None,
    });
    types.collect()
}

fn comment(text: &mut String, attributes: &[Attribute], indent: &str) {
    let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
    if indent.is_empty() {
        text.push('\n');
    }
    match lines.as_slice() {
        [] => {}
        [line] => writeln!(text, "{indent}/** {line} */").unwrap(),
        lines => {
            let lines: String =
                lines.iter().map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n").collect();
            write!(text, "{indent}/**\n{lines}{indent} */\n").unwrap();
        }
    }
}

/// A line of a comment: links of rustdoc without where they lead, names as TypeScript has them, nothing of `Debug`.
fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let Expr::Lit(value) = &pair.value else { return None };
    let (true, Lit::Str(text)) = (pair.path.is_ident("doc"), &value.lit) else { return None };
    let mut line = text.value().trim().replace("`None`", "`null`");
    while let Some(begin) = line.find("[`") {
        let end = begin + line[begin..].find("`]").expect("a link that goes on in the next line") + 1;
        let target = line[end + 1..].strip_prefix('(').and_then(|target| target.find(')'));
        let after = target.map_or(end + 1, |length| end + 3 + length);
        line = format!("{}{}{}", &line[..begin], &line[begin + 1..end], &line[after..]);
    }
    line.truncate(line.find(" `Debug`").unwrap_or(line.len()));
    Some(line.replace("::", "."))
}
