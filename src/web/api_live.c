/* GET /api/live: what changes, as it changes. */
#include "web/api.h"
#include "web/live.h"
#include "web/server.h"

bool handle_live(struct request *request, struct response *response, struct error *err)
{
    /* Sent by a browser that comes back (WHATWG HTML section 9.2.4); what is no number
     * of ours begins from now. */
    struct text last = request_header(request, "Last-Event-ID");
    int64_t last_seen = 0;
    if (!text_to_int64(last, &last_seen) || last_seen < 0)
        last_seen = 0;
    response->content_type = "text/event-stream";
    return live_open(server_live(request->server), request->caller, last_seen,
                     &response->live, err);
}
