static const char statement[] = "SELECT value FROM item_value WHERE id = ?";
