/** Hands a text to the browser as a download. */
export function saveFile(name: string, csv: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers begin the download a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
