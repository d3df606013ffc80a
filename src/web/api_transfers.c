/* How far the caller's own exports and imports are. */
#include "web/api.h"
#include "web/exchange.h"

enum { TRANSFERS_SHOWN = 20 };

bool handle_transfers(struct request *request, struct response *response,
                      struct error *err)
{
    struct transfer_seen seen[TRANSFERS_SHOWN];
    size_t count = transfers_of(&request->server->transfers, request->caller->user,
                                seen, TRANSFERS_SHOWN);
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "transfers");
    json_array(&json);
    for (size_t i = 0; i < count; i++) {
        json_object(&json);
        json_member_text(&json, "what", text_of(seen[i].what));
        json_member_integer(&json, "done", seen[i].done);
        json_member_integer(&json, "of", seen[i].of);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}
