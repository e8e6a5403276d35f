//! A table without lines, as wide as its content.

use comfy_table::Table;

use crate::markdown::escape;

/// Rows under a header, columns two spaces apart.
pub(crate) fn plain_table<const N: usize>(header: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_header(header);
    table.add_rows(rows);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// The same in Markdown, foreign text escaped.
pub(crate) fn markdown_table<const N: usize>(header: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head = line(&header.map(str::to_owned)) + "|" + &"---|".repeat(N) + "\n";
    rows.map(|row| line(&row.map(|cell| escape(&cell)))).fold(head, |page, row| page + &row)
}
