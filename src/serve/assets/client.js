// The preview in a page.
