/* The floor: what this machine can do. It waits as the player does, and sends.
 *
 *   floor SPIN_NS PORT ...
 *
 * On standard input a line is a batch: FIRST PERIOD COUNT, nanoseconds of CLOCK_BOOTTIME. At FIRST,
 * FIRST + PERIOD ... it sends the cue's number (u32, big-endian) to every port. It says `fifo` or
 * `no fifo` at its start and `done` after each batch. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_BOOTTIME, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv) {
    int64_t spin = atoll(argv[1]);
    int sockets = argc - 2, line[1024];
    for (int i = 0; i < sockets; i++) {
        struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[i + 2]))};
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        line[i] = socket(AF_INET, SOCK_DGRAM, 0);
        if (connect(line[i], (struct sockaddr *)&to, sizeof to)) return 1;
    }
    struct sched_param priority = {.sched_priority = 50};
    int refused = sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &priority);
    mlockall(MCL_CURRENT | MCL_FUTURE);
    puts(refused ? "no fifo" : "fifo");
    fflush(stdout);
    long long first, period, count;
    while (scanf("%lld %lld %lld", &first, &period, &count) == 3) {
        for (uint32_t n = 0; n < count; n++) {
            int64_t due = first + n * period, early = due - spin;
            struct timespec wake = {early / 1000000000LL, early % 1000000000LL};
            if (now() < early) clock_nanosleep(CLOCK_BOOTTIME, TIMER_ABSTIME, &wake, NULL);
            while (now() < due) { }
            uint32_t number = htonl(n);
            for (int i = 0; i < sockets; i++) send(line[i], &number, sizeof number, 0);
        }
        puts("done");
        fflush(stdout);
    }
    return 0;
}
