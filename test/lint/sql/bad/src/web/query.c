static const char *const statements[] = {
    "SELECT value FROM item_value WHERE id = ?",
    "insert into log values (?)",
    "PRAGMA synchronous=OFF",
    "  update item_value set value = ?",
    "COMMIT",
};
