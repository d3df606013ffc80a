// What stands in the margins of each sheet: whose casebook, when, and which page of how many.

/** As a text of CSS, which a name cannot leave. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"\n]/g, ' ')}"`;
}

/** Takes effect while the printed casebook is shown; gives the function that ends it. */
export function setMargins(head: string, mark: string, pages: string): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@page {
    size: A4;
    margin: 20mm 14mm 18mm;
    @top-left { content: ${quoted(head)}; font: 8pt sans-serif; }
    @top-right { content: ${quoted(mark)}; font: bold 8pt sans-serif; }
    @bottom-right { content: ${pages}; font: 8pt sans-serif; }
  }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
