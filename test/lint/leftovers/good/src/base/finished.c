/* "XXXX" and TODOS are other words. */
