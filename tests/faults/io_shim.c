/* Records every change that a process makes to the files below watched folders, and lets chosen operations
 * fail or be the last ones. Preloaded before libc; it does nothing until a harness switches it on.
 *
 * A trace record is a header of six little-endian 64-bit numbers (kind, file, offset or argument, length of
 * the first text, length of the second, result) followed by the two texts. A file is a number given at its
 * creation or first opening, so that an inode that is used again is another file.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind {
    OPEN = 1, CREATE = 2, WRITE = 3, TRUNCATE = 4, SYNC = 5, SYNC_FOLDER = 6, RENAME = 7, UNLINK = 8,
    MKDIR = 9, RMDIR = 10, LINK = 11, READ = 12, MARK = 13, ALLOCATE = 14
};

#define FILES 4096
#define ROOTS 4

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static char roots[ROOTS][PATH_MAX];
static int root_count;
static int trace = -1;
static int on;
static long counted, fail_at;
static int fail_error, fail_forever, fail_short, fail_dies;
static unsigned fail_kinds;
static int fold;
static int64_t about, last_written;
static long run;
static int struck;
static long room;
static long seen[32];
static long failures;
static int64_t file_of[FILES];
static int is_folder[FILES];
static int64_t next_file;

/* inode -> file, while the inode lives */
#define KNOWN 8192
static struct { dev_t dev; ino_t ino; int64_t file; } known[KNOWN];
static int known_count;


/* --- what the harness calls ------------------------------------------------------------------ */

void shim_watch(const char *folder) {
    if (root_count < ROOTS) {
        strncpy(roots[root_count], folder, PATH_MAX - 1);
        root_count++;
    }
}

void shim_trace(const char *path) {
    int plain = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    trace = (int)syscall(SYS_fcntl, plain, F_DUPFD_CLOEXEC, 900);
    syscall(SYS_close, plain);
}

/* From the `at`th counted operation of `kinds` (a bit each): that one, or each from there on, fails. */
void shim_fail(long at, int error, int forever, int is_short, int dies, unsigned kinds) {
    counted = 0;
    failures = 0;
    struck = 0;
    room = 0;
    fail_at = at;
    fail_error = error;
    fail_forever = forever;
    fail_short = is_short;
    fail_dies = dies;
    fail_kinds = kinds;
}

/* From the third on, writes into one file without another change between them are not counted. */
void shim_fold(int state) { fold = state; }

void shim_switch(int state) { on = state; }
long shim_seen(int kind) { return seen[kind]; }
long shim_failures(void) { return failures; }

/* --- the trace ------------------------------------------------------------------------------- */

static void put(const void *data, size_t length) {
    const char *at = data;
    while (length) {
        long done = syscall(SYS_write, trace, at, length);
        if (done <= 0) return;
        at += done;
        length -= (size_t)done;
    }
}

static void tell(int kind, int64_t file, int64_t argument, const void *one, size_t one_length,
                 const void *two, size_t two_length, int64_t result) {
    if (trace < 0 || !on) return;
    int64_t head[6] = {kind, file, argument, (int64_t)one_length, (int64_t)two_length, result};
    pthread_mutex_lock(&guard);
    put(head, sizeof head);
    if (one_length) put(one, one_length);
    if (two_length) put(two, two_length);
    pthread_mutex_unlock(&guard);
}

void shim_mark(const char *words) {
    tell(MARK, 0, 0, words, strlen(words), NULL, 0, 0);
}

/* --- which files are watched ----------------------------------------------------------------- */

static int full_path(int dirfd, const char *path, char *out) {
    if (path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
    } else {
        char link[64], base[PATH_MAX];
        snprintf(link, sizeof link, dirfd == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", dirfd);
        long length = syscall(SYS_readlinkat, AT_FDCWD, link, base, sizeof base - 1);
        if (length < 0) return 0;
        base[length] = 0;
        if ((size_t)length + strlen(path) + 2 > PATH_MAX) return 0;
        strcpy(out, base);
        strcat(out, "/");
        strcat(out, path);
    }
    return 1;
}

static int watched_path(int dirfd, const char *path, char *out) {
    if (!root_count || !path || !full_path(dirfd, path, out)) return 0;
    for (int i = 0; i < root_count; i++) {
        size_t length = strlen(roots[i]);
        if (!strncmp(out, roots[i], length) && (out[length] == '/' || out[length] == 0)) return 1;
    }
    return 0;
}

static int watched(int fd) { return fd >= 0 && fd < FILES && file_of[fd] > 0; }

static int64_t file_for(int fd, int created) {
    struct stat facts;
    if (fstat(fd, &facts)) return ++next_file;
    for (int i = 0; i < known_count; i++)
        if (known[i].dev == facts.st_dev && known[i].ino == facts.st_ino) {
            if (created) known[i].file = ++next_file;
            return known[i].file;
        }
    if (known_count < KNOWN) {
        known[known_count].dev = facts.st_dev;
        known[known_count].ino = facts.st_ino;
        known[known_count].file = ++next_file;
        return known[known_count++].file;
    }
    return ++next_file;
}

/* --- failing --------------------------------------------------------------------------------- */

enum verdict { GOES_ON, FAILS, IS_SHORT };

/* A disk that stays full says so to whoever asks, and has again what a removed file gives back. */
static int is_full(void) { return on && struck && fail_forever && fail_error == ENOSPC; }

/* The reserve of a measured clinic is smaller than a real one, and so is what each operation takes of it. */
#define TAKES 16

/* Whether this is one more write of a run. A writer says beforehand which file it is about. */
static int is_folded(int kind) {
    if (!on || kind == READ || kind == OPEN) return 0;
    int same = kind == WRITE && about == last_written;
    run = same ? run + 1 : 1;
    last_written = kind == WRITE ? about : 0;
    return fold && run > 2;
}

static enum verdict judge(int kind) {
    if (is_folded(kind)) return GOES_ON;
    if (on) __atomic_add_fetch(&seen[kind], 1, __ATOMIC_SEQ_CST);
    if (!on || !fail_at || !(fail_kinds & (1u << kind))) return GOES_ON;
    long now = __atomic_add_fetch(&counted, 1, __ATOMIC_SEQ_CST);
    if (now < fail_at || (now > fail_at && !fail_forever)) return GOES_ON;
    if (is_full() && __atomic_sub_fetch(&room, TAKES, __ATOMIC_SEQ_CST) >= 0) return GOES_ON;
    struck = 1;
    __atomic_add_fetch(&failures, 1, __ATOMIC_SEQ_CST);
    if (fail_dies) kill(getpid(), SIGKILL);
    /* A short write comes once; a disk that has no room left then refuses the rest. */
    if (fail_short && kind == WRITE && now == fail_at) return IS_SHORT;
    errno = fail_error;
    return FAILS;
}

/* --- opening and closing --------------------------------------------------------------------- */

static int opened(int fd, int flags, const char *path, int existed) {
    if (fd < 0 || fd >= FILES) return fd;
    struct stat facts;
    int folder = !fstat(fd, &facts) && S_ISDIR(facts.st_mode);
    int created = !existed && !folder;
    is_folder[fd] = folder;
    file_of[fd] = file_for(fd, created);
    if (created)
        tell(CREATE, file_of[fd], 0, path, strlen(path), NULL, 0, 0);
    else if (!folder)
        tell(OPEN, file_of[fd], 0, path, strlen(path), NULL, 0, 0);
    else
        tell(OPEN, file_of[fd], 1, path, strlen(path), NULL, 0, 0);
    if (!created && !folder && (flags & O_TRUNC)) tell(TRUNCATE, file_of[fd], 0, NULL, 0, NULL, 0, 0);
    return fd;
}

static int open_watched(int dirfd, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    int watching = watched_path(dirfd, path, full) && !(flags & O_PATH);
    struct stat facts;
    int existed = watching && !stat(full, &facts);
    if (watching) {
        int kind = (flags & O_CREAT) && !existed ? CREATE : OPEN;
        if (judge(kind) != GOES_ON) return -1;
    }
    int fd = (int)syscall(SYS_openat, dirfd, path, flags, mode);
    if (fd >= 0 && fd < FILES) {
        file_of[fd] = 0;
        if (watching) opened(fd, flags, full, existed);
    }
    return fd;
}

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); } \
        return open_watched(AT_FDCWD, path, flags | O_LARGEFILE, mode); \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name) \
    int name(int dirfd, const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); } \
        return open_watched(dirfd, path, flags | O_LARGEFILE, mode); \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

int close(int fd) {
    if (fd == trace && fd >= 0) { errno = EBADF; return -1; }
    if (fd >= 0 && fd < FILES) file_of[fd] = 0;
    return (int)syscall(SYS_close, fd);
}

static int copied(int from, int to) {
    if (to >= 0 && to < FILES && from >= 0 && from < FILES) {
        file_of[to] = file_of[from];
        is_folder[to] = is_folder[from];
    }
    return to;
}

int dup(int fd) { return copied(fd, (int)syscall(SYS_dup, fd)); }
int dup2(int from, int to) {
    if (from == to) return to;
    return copied(from, (int)syscall(SYS_dup3, from, to, 0));
}

/* --- writing --------------------------------------------------------------------------------- */

ssize_t write(int fd, const void *data, size_t length) {
    if (!watched(fd)) return syscall(SYS_write, fd, data, length);
    about = file_of[fd];
    enum verdict verdict = judge(WRITE);
    if (verdict == FAILS) return -1;
    if (verdict == IS_SHORT && length > 1) length /= 2;
    int flags = (int)syscall(SYS_fcntl, fd, F_GETFL);
    off_t at = (flags & O_APPEND) ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    ssize_t done = syscall(SYS_write, fd, data, length);
    if (done > 0) tell(WRITE, file_of[fd], at, data, (size_t)done, NULL, 0, 0);
    return done;
}

static ssize_t pwrite_watched(int fd, const void *data, size_t length, off_t at) {
    if (!watched(fd)) return syscall(SYS_pwrite64, fd, data, length, at);
    about = file_of[fd];
    enum verdict verdict = judge(WRITE);
    if (verdict == FAILS) return -1;
    if (verdict == IS_SHORT && length > 1) length /= 2;
    ssize_t done = syscall(SYS_pwrite64, fd, data, length, at);
    if (done > 0) tell(WRITE, file_of[fd], at, data, (size_t)done, NULL, 0, 0);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return pwrite_watched(fd, data, length, at); }
ssize_t pwrite64(int fd, const void *data, size_t length, off_t at) { return pwrite_watched(fd, data, length, at); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (!watched(fd)) return syscall(SYS_writev, fd, parts, count);
    /* The first part alone is a lawful short write; the caller comes back for the rest. */
    for (int i = 0; i < count; i++)
        if (parts[i].iov_len) return write(fd, parts[i].iov_base, parts[i].iov_len);
    return 0;
}

/* A caller that may copy inside the kernel is sent to reading and writing, which is seen. */
ssize_t sendfile(int out, int in, off_t *at, size_t count) {
    if (!watched(out)) return syscall(SYS_sendfile, out, in, at, count);
    errno = EINVAL;
    return -1;
}
ssize_t sendfile64(int out, int in, off_t *at, size_t count) { return sendfile(out, in, at, count); }
ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t count, unsigned flags) {
    if (!watched(out)) return syscall(SYS_copy_file_range, in, from, out, to, count, flags);
    errno = EXDEV;
    return -1;
}

static int truncate_watched(int fd, off_t length) {
    if (!watched(fd)) return (int)syscall(SYS_ftruncate, fd, length);
    if (judge(TRUNCATE) != GOES_ON) return -1;
    int done = (int)syscall(SYS_ftruncate, fd, length);
    if (!done) tell(TRUNCATE, file_of[fd], length, NULL, 0, NULL, 0, 0);
    return done;
}
int ftruncate(int fd, off_t length) { return truncate_watched(fd, length); }
int ftruncate64(int fd, off_t length) { return truncate_watched(fd, length); }

static int allocate_watched(int fd, int mode, off_t at, off_t length) {
    if (!watched(fd)) return (int)syscall(SYS_fallocate, fd, mode, at, length);
    if (judge(ALLOCATE) != GOES_ON) return -1;
    int done = (int)syscall(SYS_fallocate, fd, mode, at, length);
    if (!done && !mode) tell(ALLOCATE, file_of[fd], at + length, NULL, 0, NULL, 0, 0);
    return done;
}
int fallocate(int fd, int mode, off_t at, off_t length) { return allocate_watched(fd, mode, at, length); }
int fallocate64(int fd, int mode, off_t at, off_t length) { return allocate_watched(fd, mode, at, length); }
int posix_fallocate(int fd, off_t at, off_t length) { return allocate_watched(fd, 0, at, length) ? errno : 0; }
int posix_fallocate64(int fd, off_t at, off_t length) { return allocate_watched(fd, 0, at, length) ? errno : 0; }

static int sync_watched(int fd, long number) {
    if (!watched(fd)) return (int)syscall(number, fd);
    if (!on) return (int)syscall(number, fd);
    if (judge(is_folder[fd] ? SYNC_FOLDER : SYNC) != GOES_ON) return -1;
    /* The disk of the test need not be waited for: the trace says what would have been durable. */
    tell(is_folder[fd] ? SYNC_FOLDER : SYNC, file_of[fd], 0, NULL, 0, NULL, 0, 0);
    return 0;
}
int fsync(int fd) { return sync_watched(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_watched(fd, SYS_fdatasync); }

/* --- reading --------------------------------------------------------------------------------- */

ssize_t read(int fd, void *data, size_t length) {
    if (watched(fd) && judge(READ) != GOES_ON) return -1;
    return syscall(SYS_read, fd, data, length);
}
ssize_t pread(int fd, void *data, size_t length, off_t at) {
    if (watched(fd) && judge(READ) != GOES_ON) return -1;
    return syscall(SYS_pread64, fd, data, length, at);
}
ssize_t pread64(int fd, void *data, size_t length, off_t at) { return pread(fd, data, length, at); }

/* --- room ------------------------------------------------------------------------------------ */

int statvfs64(const char *path, struct statvfs64 *facts) {
    static int (*real)(const char *, struct statvfs64 *);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "statvfs64");
    int done = real(path, facts);
    char full[PATH_MAX];
    if (!done && is_full() && watched_path(AT_FDCWD, path, full)) {
        long left = __atomic_load_n(&room, __ATOMIC_SEQ_CST);
        facts->f_bfree = facts->f_bavail = left > 0 ? (fsblkcnt64_t)left / facts->f_frsize : 0;
    }
    return done;
}
int statvfs(const char *path, struct statvfs *facts) { return statvfs64(path, (struct statvfs64 *)facts); }

/* --- names ----------------------------------------------------------------------------------- */

static int rename_watched(int old_dir, const char *old, int new_dir, const char *new) {
    char from[PATH_MAX], to[PATH_MAX];
    int watching = watched_path(old_dir, old, from) | watched_path(new_dir, new, to);
    if (watching && judge(RENAME) != GOES_ON) return -1;
    int done = (int)syscall(SYS_renameat2, old_dir, old, new_dir, new, 0);
    if (watching && !done) {
        full_path(old_dir, old, from);
        full_path(new_dir, new, to);
        tell(RENAME, 0, 0, from, strlen(from), to, strlen(to), 0);
    }
    return done;
}
int rename(const char *old, const char *new) { return rename_watched(AT_FDCWD, old, AT_FDCWD, new); }
int renameat(int old_dir, const char *old, int new_dir, const char *new) {
    return rename_watched(old_dir, old, new_dir, new);
}
int renameat2(int old_dir, const char *old, int new_dir, const char *new, unsigned flags) {
    if (flags) return (int)syscall(SYS_renameat2, old_dir, old, new_dir, new, flags);
    return rename_watched(old_dir, old, new_dir, new);
}

static int unlink_watched(int dir, const char *path, int flags) {
    char full[PATH_MAX];
    int watching = watched_path(dir, path, full);
    int kind = flags & AT_REMOVEDIR ? RMDIR : UNLINK;
    if (watching && judge(kind) != GOES_ON) return -1;
    struct stat facts;
    int gives_back = watching && is_full() && !lstat(full, &facts) && S_ISREG(facts.st_mode);
    int done = (int)syscall(SYS_unlinkat, dir, path, flags);
    if (gives_back && !done) __atomic_store_n(&room, facts.st_size, __ATOMIC_SEQ_CST);
    if (watching && !done) tell(kind, 0, 0, full, strlen(full), NULL, 0, 0);
    return done;
}
int unlink(const char *path) { return unlink_watched(AT_FDCWD, path, 0); }
int remove(const char *path) { return unlink_watched(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlink_watched(AT_FDCWD, path, AT_REMOVEDIR); }
int unlinkat(int dir, const char *path, int flags) { return unlink_watched(dir, path, flags); }

static int mkdir_watched(int dir, const char *path, mode_t mode) {
    char full[PATH_MAX];
    int watching = watched_path(dir, path, full);
    struct stat facts;
    if (watching && stat(full, &facts) && judge(MKDIR) != GOES_ON) return -1;
    int done = (int)syscall(SYS_mkdirat, dir, path, mode);
    if (watching && !done) tell(MKDIR, 0, 0, full, strlen(full), NULL, 0, 0);
    return done;
}
int mkdir(const char *path, mode_t mode) { return mkdir_watched(AT_FDCWD, path, mode); }
int mkdirat(int dir, const char *path, mode_t mode) { return mkdir_watched(dir, path, mode); }

int linkat(int old_dir, const char *old, int new_dir, const char *new, int flags) {
    char from[PATH_MAX], to[PATH_MAX];
    int watching = watched_path(new_dir, new, to);
    if (watching && judge(LINK) != GOES_ON) return -1;
    int done = (int)syscall(SYS_linkat, old_dir, old, new_dir, new, flags);
    if (watching && !done && full_path(old_dir, old, from))
        tell(LINK, 0, 0, from, strlen(from), to, strlen(to), 0);
    return done;
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }
