#include "system/host_names.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NAMES_MOST = 3, ADDRESSES_MOST = 64, HOST_NAME_MOST = 64, ADDRESS_TEXT = 64 };

/* A host may be called what no certificate can say. */
static bool is_plain(struct text name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool is = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9') || c == '-' || c == '.';
        if (!is)
            return false;
    }
    return name.len > 0 && name.at[0] != '.';
}

static void add(struct text *list, size_t *count, size_t most, struct text entry)
{
    for (size_t i = 0; i < *count; i++)
        if (text_equal(list[i], entry))
            return;
    if (*count < most)
        list[(*count)++] = entry;
}

/* By address, not by interface: an address of the network may stand on the loopback
 * interface too. */
static bool is_of_the_network(const struct ifaddrs *each)
{
    if (each->ifa_addr == NULL || (each->ifa_flags & IFF_UP) == 0)
        return false;
    if (each->ifa_addr->sa_family == AF_INET) {
        struct sockaddr_in address;
        memcpy(&address, each->ifa_addr, sizeof address);
        return ntohl(address.sin_addr.s_addr) >> 24 != IN_LOOPBACKNET;
    }
    if (each->ifa_addr->sa_family != AF_INET6)
        return false;
    struct sockaddr_in6 address;
    memcpy(&address, each->ifa_addr, sizeof address);
    return !IN6_IS_ADDR_LINKLOCAL(&address.sin6_addr) &&
           !IN6_IS_ADDR_LOOPBACK(&address.sin6_addr);
}

static void read_addresses(struct arena *arena, struct text *list, size_t *count)
{
    struct ifaddrs *all = NULL;
    if (getifaddrs(&all) != 0)
        return;
    for (const struct ifaddrs *each = all; each != NULL; each = each->ifa_next) {
        char printed[ADDRESS_TEXT];
        if (!is_of_the_network(each))
            continue;
        socklen_t len = each->ifa_addr->sa_family == AF_INET
                            ? sizeof(struct sockaddr_in)
                            : sizeof(struct sockaddr_in6);
        if (getnameinfo(each->ifa_addr, len, printed, sizeof printed, NULL, 0,
                        NI_NUMERICHOST) == 0)
            add(list, count, ADDRESSES_MOST - 2, text_copy(arena, text_of(printed)));
    }
    freeifaddrs(all);
}

void host_names_read(struct arena *arena, struct host_names *out)
{
    struct text *names = ARENA_ARRAY(arena, struct text, NAMES_MOST);
    struct text *addresses = ARENA_ARRAY(arena, struct text, ADDRESSES_MOST);
    *out = (struct host_names){.names = names, .addresses = addresses};
    char host[HOST_NAME_MOST + 1] = {0};
    if (gethostname(host, HOST_NAME_MOST) == 0 && is_plain(text_of(host))) {
        add(names, &out->name_count, NAMES_MOST, text_copy(arena, text_of(host)));
        if (strchr(host, '.') == NULL)
            add(names, &out->name_count, NAMES_MOST,
                text_format(arena, "%s.local", host));
    }
    add(names, &out->name_count, NAMES_MOST, TEXT("localhost"));
    read_addresses(arena, addresses, &out->address_count);
    add(addresses, &out->address_count, ADDRESSES_MOST, TEXT("127.0.0.1"));
    add(addresses, &out->address_count, ADDRESSES_MOST, TEXT("::1"));
}
