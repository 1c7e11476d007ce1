//! The files of a crate and their imports: every path in `use` items, code and macros, resolved through modules and
//! re-exports. What only tests see (`#[cfg(test)]`) is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// An import of one file by another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Arrow {
    pub(crate) from: PathBuf,
    pub(crate) to: PathBuf,
    pub(crate) import: String,
}

impl fmt::Display for Arrow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} imports {}: {}", self.from.display(), self.to.display(), self.import)
    }
}

/// The sources of a crate.
pub(crate) struct Sources {
    /// Where they lie, relative to the checkout.
    pub(crate) folder: PathBuf,
    /// The imports between its files.
    pub(crate) arrows: Vec<Arrow>,
    /// Every path that is written in a file, by file.
    named: Vec<(PathBuf, Vec<String>)>,
}

/// A module path without `crate`.
type Name = Vec<String>;

/// One module, in a file of its own or inside of another's.
#[derive(Default)]
struct Module {
    file: PathBuf,
    /// What each name that is imported here stands for.
    uses: BTreeMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
    /// The names of the items that are defined here.
    defined: BTreeSet<String>,
    paths: BTreeSet<Vec<String>>,
}

impl Sources {
    /// Reads the crate or crates (a library and a program) whose roots lie in this folder.
    pub(crate) fn read(root: &Path, folder: &Path) -> Self {
        let mut sources = Self { folder: folder.to_path_buf(), arrows: Vec::new(), named: Vec::new() };
        for entry in ["lib.rs", "main.rs"] {
            let file = folder.join(entry);
            if root.join(&file).is_file() {
                let mut modules = BTreeMap::new();
                load(root, &file, &file, Vec::new(), &mut modules);
                sources.add(&modules);
            }
        }
        assert!(!sources.named.is_empty(), "{} holds no crate", folder.display());
        sources
    }

    fn add(&mut self, modules: &BTreeMap<Name, Module>) {
        let mut arrows = BTreeSet::new();
        for (name, module) in modules {
            for path in &module.paths {
                if let Some(to) = resolve(modules, name, path, 0)
                    && modules[&to].file != module.file
                {
                    let (from, to) = (module.file.clone(), modules[&to].file.clone());
                    arrows.insert(Arrow { from, to, import: path.join("::") });
                }
            }
            let first = module.paths.iter().filter(|path| !is_local(modules, name, path));
            self.named.push((module.file.clone(), first.map(|path| path.join("::")).collect()));
        }
        self.arrows.extend(arrows);
    }

    /// Where a crate that `is_it` is named, as `file names crate: path`.
    pub(crate) fn outside(&self, is_it: impl Fn(&str) -> bool) -> Vec<String> {
        let mut found = Vec::new();
        for (file, paths) in &self.named {
            for path in paths {
                let first = path.split("::").next().unwrap_or_default();
                if is_it(first) {
                    found.push(format!("{} names {first}: {path}", file.display()));
                }
            }
        }
        found
    }

    /// Where something of this name out of another crate is used, as `file names path`.
    pub(crate) fn uses(&self, name: &str) -> Vec<String> {
        let is_used = |path: &&String| path.split("::").any(|part| part == name);
        let in_file = |(file, paths): &(PathBuf, Vec<String>)| -> Vec<String> {
            paths.iter().filter(is_used).map(|path| format!("{} names {path}", file.display())).collect()
        };
        self.named.iter().flat_map(in_file).collect()
    }
}

/// Whether the first word of a path is a module or an import of this crate.
fn is_local(modules: &BTreeMap<Name, Module>, at: &Name, path: &[String]) -> bool {
    let child = [at.as_slice(), &path[..1]].concat();
    matches!(path[0].as_str(), "crate" | "self" | "super") || modules.contains_key(&child)
}

/// The module in which what a path names is defined, if that is a module of this crate.
fn resolve(modules: &BTreeMap<Name, Module>, at: &Name, path: &[String], depth: usize) -> Option<Name> {
    let (first, rest) = path.split_first()?;
    // Two modules that import everything from each other.
    if depth > 16 {
        return None;
    }
    let mut module = match first.as_str() {
        "crate" => Vec::new(),
        "self" => at.clone(),
        "super" => at.split_last()?.1.to_vec(),
        name => return step(modules, at, name, rest, depth, true),
    };
    let mut rest = rest;
    while let Some(("super", more)) = rest.split_first().map(|(word, more)| (word.as_str(), more)) {
        module.pop();
        rest = more;
    }
    match rest.split_first() {
        None => Some(module),
        Some((name, more)) => step(modules, &module, name, more, depth, false),
    }
}

/// What `name` and the rest of its path are in the module `at`. `may_be_outside`: an unknown name is another crate's.
fn step(
    modules: &BTreeMap<Name, Module>,
    at: &Name,
    name: &str,
    rest: &[String],
    depth: usize,
    may_be_outside: bool,
) -> Option<Name> {
    let module = modules.get(at)?;
    let child = [at.as_slice(), &[name.to_owned()]].concat();
    if modules.contains_key(&child) {
        return match rest.split_first() {
            None => Some(child),
            Some((next, more)) => step(modules, &child, next, more, depth, false),
        };
    }
    if let Some(used) = module.uses.get(name) {
        // `use serde_json` and the like: the name stands for itself.
        if used[0] == name {
            return None;
        }
        let whole = [used.as_slice(), rest].concat();
        return resolve(modules, at, &whole, depth + 1);
    }
    if module.defined.contains(name) {
        return Some(at.clone());
    }
    for glob in &module.globs {
        let found =
            resolve(modules, at, glob, depth + 1).filter(|of| of != at && modules[of].has(modules, of, name));
        if let Some(of) = found {
            return step(modules, &of, name, rest, depth + 1, false);
        }
    }
    if may_be_outside { None } else { Some(at.clone()) }
}

impl Module {
    /// Whether the module, which stands at `at`, defines or imports something of this name.
    fn has(&self, modules: &BTreeMap<Name, Module>, at: &Name, name: &str) -> bool {
        let child = [at.as_slice(), &[name.to_owned()]].concat();
        self.defined.contains(name) || self.uses.contains_key(name) || modules.contains_key(&child)
    }
}

fn load(root: &Path, file: &Path, entry: &Path, name: Name, modules: &mut BTreeMap<Name, Module>) {
    let text =
        fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let is_face = file == entry || file.file_name().is_some_and(|name| name == "mod.rs");
    let folder = file.parent().unwrap_or(Path::new(""));
    let folder =
        if is_face { folder.to_path_buf() } else { folder.join(file.file_stem().unwrap_or_default()) };
    for (child, child_file) in fill(modules, &parsed.items, file, &folder, &name) {
        let file = child_file.into_iter().find(|file| root.join(file).is_file());
        load(
            root,
            &file.unwrap_or_else(|| panic!("no file for {}", child.join("::"))),
            entry,
            child,
            modules,
        );
    }
}

/// Adds what is written in one module; answers the modules below that lie in files of their own.
fn fill(
    modules: &mut BTreeMap<Name, Module>,
    items: &[syn::Item],
    file: &Path,
    folder: &Path,
    name: &Name,
) -> Vec<(Name, Vec<PathBuf>)> {
    let mut module = Module { file: file.to_path_buf(), ..Module::default() };
    let mut below = Vec::new();
    for item in items {
        match item {
            syn::Item::Mod(inner) if is_of_tests(&inner.attrs) => {}
            syn::Item::Mod(inner) => {
                let word = inner.ident.to_string();
                let child = [name.as_slice(), std::slice::from_ref(&word)].concat();
                let at = folder.join(&word);
                match (&inner.content, path_of(&inner.attrs)) {
                    (Some((_, items)), _) => below.extend(fill(modules, items, file, &at, &child)),
                    (None, Some(path)) => {
                        let beside = file.parent().unwrap_or(Path::new("")).join(path);
                        below.push((child, vec![beside]));
                    }
                    (None, None) => below.push((child, vec![at.with_extension("rs"), at.join("mod.rs")])),
                }
            }
            other => {
                module.defined.extend(name_of(other));
                Collector(&mut module).visit_item(other);
            }
        }
    }
    modules.insert(name.clone(), module);
    below
}

/// The name of an item that others can import.
fn name_of(item: &syn::Item) -> Option<String> {
    let name = match item {
        syn::Item::Const(item) => &item.ident,
        syn::Item::Enum(item) => &item.ident,
        syn::Item::Fn(item) => &item.sig.ident,
        syn::Item::Static(item) => &item.ident,
        syn::Item::Struct(item) => &item.ident,
        syn::Item::Trait(item) => &item.ident,
        syn::Item::Type(item) => &item.ident,
        syn::Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

fn is_of_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => {
            list.tokens.clone().into_iter().next().is_some_and(|first| first.to_string() == "test")
        }
        _ => false,
    })
}

fn path_of(attributes: &[syn::Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}

struct Collector<'a>(&'a mut Module);

impl Collector<'_> {
    fn tree(&mut self, before: &mut Vec<String>, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.tree(before, &path.tree);
                before.pop();
            }
            syn::UseTree::Name(name) => self.leaf(before, name.ident.to_string(), None),
            syn::UseTree::Rename(name) => {
                self.leaf(before, name.ident.to_string(), Some(name.rename.to_string()))
            }
            syn::UseTree::Glob(_) => {
                self.0.paths.insert(before.clone());
                self.0.globs.push(before.clone());
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(before, tree)),
        }
    }

    fn leaf(&mut self, before: &[String], name: String, rename: Option<String>) {
        let whole = if name == "self" { before.to_vec() } else { [before, &[name]].concat() };
        let Some(last) = whole.last().cloned() else { return };
        self.0.uses.insert(rename.unwrap_or(last), whole.clone());
        self.0.paths.insert(whole);
    }

    /// Paths in a macro, whose grammar is its own: words with `::` between them.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Ident(word) => {
                    if colons != 2 {
                        self.path(std::mem::take(&mut path));
                    }
                    path.push(word.to_string());
                    colons = 0;
                }
                other => {
                    self.path(std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.path(path);
    }

    fn path(&mut self, path: Vec<String>) {
        if path.len() > 1 {
            self.0.paths.insert(path);
        }
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes: &[syn::Attribute] = match item {
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            syn::Item::Const(item) => &item.attrs,
            syn::Item::Struct(item) => &item.attrs,
            _ => &[],
        };
        if !is_of_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&mut Vec::new(), &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.path(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }
}
