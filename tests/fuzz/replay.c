/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds every file of the named folders to a fuzzer's entry, once each. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    long size;
    uint8_t *data;

    if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0 ||
        fseek(file, 0, SEEK_SET)) {
        perror(path);
        return -1;
    }
    /* Exactly size bytes, so that a sanitizer sees a read past the end. */
    data = malloc(size ? (size_t)size : 1);
    if (!data || fread(data, 1, (size_t)size, file) != (size_t)size)
        abort();
    fclose(file);
    LLVMFuzzerTestOneInput(data, (size_t)size);
    free(data);
    return 0;
}

int main(int argc, char **argv)
{
    int count = 0;

    for (int i = 1; i < argc; i++) {
        DIR *dir = opendir(argv[i]);
        struct dirent *entry;

        while (dir && (entry = readdir(dir))) {
            char path[4096];
            struct stat st;

            snprintf(path, sizeof(path), "%s/%s", argv[i], entry->d_name);
            if (stat(path, &st) || !S_ISREG(st.st_mode))
                continue;
            if (replay_file(path))
                return 1;
            count++;
        }
        if (dir)
            closedir(dir);
    }
    printf("%s: %d inputs replayed\n", argv[0], count);
    return count ? 0 : 1;
}
