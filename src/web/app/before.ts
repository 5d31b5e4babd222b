const meta = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')
/** The page's own nonce: whoever adds a style element needs it. */
export const nonce = meta?.nonce || meta?.getAttribute('nonce') || ''
// The scroll lock behind dialogs looks for it under this name.
Reflect.set(globalThis, '__webpack_nonce__', nonce)
