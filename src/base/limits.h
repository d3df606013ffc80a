#ifndef OSTEON_BASE_LIMITS_H
#define OSTEON_BASE_LIMITS_H
/* Every maximum of the program, in one table. Bytes unless the name says otherwise. */
#include <stddef.h>

enum {
    /* values */
    LIMIT_ITEM_TEXT = 64 * 1024, /* one text item; a longer one is refused, never cut */
    LIMIT_REASON = 2000,         /* a reason for a change, or for a missing value */
    LIMIT_OID = 128,
    LIMIT_NAME = 200, /* a person's or device's name */
    LIMIT_PASSWORD = 1024,
    LIMIT_PASSWORD_SHORTEST = 12, /* characters */
    LIMIT_ROWS = 10000,           /* repeats of a group, a form or an event */

    /* requests */
    LIMIT_BODY = 1024 * 1024,          /* a JSON body; a route may allow less */
    LIMIT_UPLOAD = 2047 * 1024 * 1024, /* a file that is imported in the page */
    LIMIT_BATCH = 2000,                /* mutations in one batch */
    LIMIT_JSON_DEPTH = 16,
    LIMIT_JSON_MEMBERS = 64, /* of one object; they are compared pairwise */
    LIMIT_HEADERS = 64,
    LIMIT_QUERY_PARAMETERS = 16,
    LIMIT_HEADER_BYTES = 32 * 1024,
    LIMIT_URL = 4096,
    LIMIT_REQUEST_ARENA = 24 * 1024 * 1024,
    LIMIT_REQUEST_KEPT = 64 * 1024, /* of a request's memory, for the next one */
    LIMIT_RESPONSE = 16 * 1024 * 1024,
    LIMIT_LIST = 1000, /* rows of one page of a list */

    /* the log */
    LIMIT_PAYLOAD = 8 * 1024 * 1024, /* one event, unsealed */

    /* the server */
    LIMIT_CONNECTIONS = 4096,
    LIMIT_LIVE_STREAMS = 2000,
    LIMIT_LIVE_HISTORY = 2048,       /* notices kept for streams that come back */
    LIMIT_BODIES = 48 * 1024 * 1024, /* of all requests under way together */
    LIMIT_WRITER_QUEUE = 4096,       /* units of work waiting */
    LIMIT_WRITER_BATCH = 256,        /* units of work in one transaction */
    LIMIT_WRITER_KEPT =
        4 * 1024 * 1024,   /* of a transaction's memory, for the next one */
    LIMIT_HASH_QUEUE = 64, /* sign-ins waiting for argon2id */
    LIMIT_SESSIONS_PER_USER = 20,

    /* the command line */
    LIMIT_COMMAND_ARENA = 256 * 1024 * 1024,
    LIMIT_CSV_BYTES = 64 * 1024 * 1024,     /* of a CSV file that is read */
    LIMIT_STATS_BYTES = 2047 * 1024 * 1024, /* of one that a statistical method reads */
    LIMIT_CSV_COLUMNS = 1000,

    /* designs */
    LIMIT_DESIGN_BYTES = 64 * 1024 * 1024,
    LIMIT_DESIGN_ARENA = 256 * 1024 * 1024, /* a design in memory */
    LIMIT_XML_DEPTH = 64,
    LIMIT_DESIGN_ITEMS = 100000,

    /* imports */
    LIMIT_XML_TOKEN = 1024 * 1024, /* one tag with its attributes */
    LIMIT_IMPORT_FILES = 64,
    LIMIT_IMPORT_FINDINGS = 1000, /* kept; the others are counted */
    LIMIT_IMPORT_UNKNOWN = 10000, /* different unknown OIDs */
    LIMIT_IMPORT_NAMED = 4096,    /* users, places, meanings of signatures */
    LIMIT_IMPORT_UNIT = 2000,     /* changes staged in one transaction */
    LIMIT_IMPORT_VALUE =
        1024 * 1024,                /* one value of another system: a scan in base64 */
    LIMIT_IMPORT_KEPT = 256 * 1024, /* of one form: elements kept as they were */

    /* HL7 messages */
    LIMIT_HL7_TEXT = 2 * 1024 * 1024,    /* a message as UTF-8 */
    LIMIT_HL7_ARENA = 256 * 1024 * 1024, /* what one in parts may take */
    LIMIT_HL7_SEGMENTS = 20000,
    LIMIT_HL7_FIELDS = 500,      /* of one segment */
    LIMIT_HL7_REPETITIONS = 200, /* of one field */

    /* feeds */
    LIMIT_FEED_MESSAGE = 1024 * 1024, /* one message; HL7 results are a few thousand */
    LIMIT_FEED_HEAD = 4096,           /* kept of a larger one, to answer it */
    LIMIT_FEED_NAME = 200,            /* a sender, or a control id */
    LIMIT_FEED_CONNECTIONS = 128,
    LIMIT_FEED_IN_FLIGHT = 32, /* messages of one connection that wait to be answered */
    LIMIT_FEED_UNDER_WAY = 64, /* of all connections: the writer has others to serve */
    LIMIT_FEED_UNKNOWN = 100,  /* senders that nobody has decided on */
    LIMIT_FEED_MESSAGE_SECONDS = 30,   /* from its first byte to its last */
    LIMIT_FEED_HANDSHAKE_SECONDS = 10, /* of TLS */
    LIMIT_FEED_SILENT_SECONDS = 60, /* such a connection makes way when all are taken */

    /* rules */
    LIMIT_RULE_BYTES = 16 * 1024, /* the source of one rule */
    LIMIT_RULE_DEPTH = 100,       /* of parentheses and operators inside each other */
    LIMIT_RULE_NODES = 4000,      /* parts of one rule */
    LIMIT_RULE_LIST = 200,        /* members of a list "in (…)" */
    LIMIT_RULE_LOCALS = 32,       /* names that "let" gives */
    LIMIT_RULE_LOOPS = 4,         /* aggregates inside each other */
    LIMIT_RULE_STACK = 128,       /* values under way */
    LIMIT_RULE_STEPS = 4000000    /* instructions of one run */
};

/* Larger than an enum constant can be. */
#define LIMIT_STATS_ARENA                                                              \
    ((size_t)16 * 1024 * 1024 * 1024) /* columns of a statistical method */

#endif
