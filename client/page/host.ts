// Owns the side on which the page stands: alone in a browser, or in an editor's panel that opens places for it.
// It must not know what is shown.

/** What the page asks its editor for. */
export type PageRequest =
  | { readonly type: 'open'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly type: 'explain'; readonly rule: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'preset'; readonly preset: string }
  | { readonly type: 'export'; readonly format: string };

interface EditorApi {
  postMessage(message: PageRequest): void;
  getState(): { readonly view?: string } | undefined;
  setState(state: { readonly view: string }): void;
}

declare function acquireVsCodeApi(): EditorApi;

const editor =
  document.documentElement.dataset.host === 'editor' && typeof acquireVsCodeApi === 'function'
    ? acquireVsCodeApi()
    : undefined;

/** Whether an editor listens. */
export const inEditor = editor !== undefined;

export function ask(request: PageRequest): void {
  editor?.postMessage(request);
}

/** The view that was chosen last, as the end of an address. */
export function storedView(): string {
  return editor ? (editor.getState()?.view ?? '') : location.hash;
}

export function storeView(view: string): void {
  if (editor) editor.setState({ view });
  else history.replaceState(null, '', view === '' ? location.pathname + location.search : view);
}

/** Copies a text; a page that was opened from a disk may not reach the clipboard, and shows it in the address instead. */
export function copy(text: string): void {
  if (editor) ask({ type: 'copy', text });
  else void navigator.clipboard?.writeText(text).catch(() => undefined);
}
