// From form to form of the casebook by the arrow keys: sideways within the event, up and down
// within the form's column.

function linkIn(cell: Element | undefined): HTMLElement | null {
  return cell?.querySelector<HTMLElement>('a.cell') ?? null;
}

function beside(link: HTMLElement, row: HTMLTableRowElement, by: number): HTMLElement | undefined {
  const links = [...row.querySelectorAll<HTMLElement>('a.cell')];
  return links[links.indexOf(link) + by];
}

/** The next row that has this form, or has its forms by name in one cell. */
function above(cell: HTMLTableCellElement, row: HTMLTableRowElement, by: number): HTMLElement | undefined {
  const rows = [...(row.parentElement?.children ?? [])] as HTMLTableRowElement[];
  for (let at = rows.indexOf(row) + by; at >= 0 && at < rows.length; at += by) {
    const found = linkIn(rows[at]?.cells[cell.cellIndex]) ?? linkIn(rows[at]?.querySelector('td.named') ?? undefined);
    if (found) return found;
  }
  return undefined;
}

export function moveInGrid(event: KeyboardEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>('a.cell') : null;
  const cell = link?.closest('td');
  const row = cell?.closest('tr');
  if (!link || !cell || !row || event.ctrlKey || event.metaKey || event.altKey) return;
  const ways: Record<string, () => HTMLElement | undefined> = {
    ArrowLeft: () => beside(link, row, -1),
    ArrowRight: () => beside(link, row, 1),
    ArrowUp: () => above(cell, row, -1),
    ArrowDown: () => above(cell, row, 1),
  };
  const next = ways[event.key]?.();
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
