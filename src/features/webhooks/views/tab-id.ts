/** The id of a view's tab, for the focus. */
export const tabId = (view: string) => `view-${view}`
