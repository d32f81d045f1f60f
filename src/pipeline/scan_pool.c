/* SPDX-License-Identifier: Apache-2.0 */
/* Worker threads: jobs in, finished jobs out, a fetcher for each. */
#include "scan_int.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

struct job_queue {
    struct scan_job *first, *last;
};

struct scan_pool {
    pthread_mutex_t lock;
    pthread_cond_t has_job, has_result;
    struct job_queue jobs, results;
    bool is_closing;
    bylaw_auditor *auditor;
    unsigned count;
    struct worker {
        pthread_t thread;
        struct scan_pool *pool;
        bylaw__fetcher *fetcher;
        struct scan_screen screen;
    } workers[];
};

static void put(struct job_queue *queue, struct scan_job *job)
{
    job->next = NULL;
    if (queue->last)
        queue->last->next = job;
    else
        queue->first = job;
    queue->last = job;
}

static struct scan_job *get(struct job_queue *queue)
{
    struct scan_job *job = queue->first;

    if (job)
        queue->first = job->next;
    if (!queue->first)
        queue->last = NULL;
    return job;
}

/* A job, or NULL where there will be none any more. */
static struct scan_job *wait_for_job(struct scan_pool *pool)
{
    struct scan_job *job;

    pthread_mutex_lock(&pool->lock);
    while (!(job = get(&pool->jobs)) && !pool->is_closing)
        pthread_cond_wait(&pool->has_job, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    return job;
}

static void *work(void *payload)
{
    struct worker *worker = payload;
    struct scan_pool *pool = worker->pool;
    struct scan_job *job;

    while ((job = wait_for_job(pool))) {
        bylaw__job_do(job, worker->fetcher, pool->auditor, &worker->screen);
        pthread_mutex_lock(&pool->lock);
        put(&pool->results, job);
        pthread_cond_signal(&pool->has_result);
        pthread_mutex_unlock(&pool->lock);
    }
    return NULL;
}

/* Signals are for the program's own thread, which is waiting for them. */
static int start_thread(struct worker *worker)
{
    sigset_t all, before;
    int rc;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    rc = pthread_create(&worker->thread, NULL, work, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return rc;
}

static int start_worker(struct scan_pool *pool, struct bylaw_error *err)
{
    struct worker *worker = &pool->workers[pool->count];
    const struct bylaw_audit_options *options = &pool->auditor->options;
    int rc;

    worker->pool = pool;
    rc = bylaw__fetcher_new(&worker->fetcher, &options->fetch,
                            options->transport, pool->auditor->clock, err);
    if (rc)
        return rc;
    if (start_thread(worker)) {
        bylaw__fetcher_free(worker->fetcher);
        return bylaw__fail(err, BYLAW_EIO, "scan.threads", "",
                           "the system gives no further thread");
    }
    pool->count++;
    return 0;
}

static int init_conditions(struct scan_pool *pool)
{
    pthread_condattr_t monotonic;

    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&pool->has_result, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_cond_init(&pool->has_job, NULL);
    return pthread_mutex_init(&pool->lock, NULL);
}

int bylaw__pool_new(struct scan_pool **out, bylaw_auditor *auditor,
                    unsigned threads, struct bylaw_error *err)
{
    struct scan_pool *pool =
        calloc(1, sizeof(*pool) + threads * sizeof(pool->workers[0]));
    int rc = 0;

    if (!pool || init_conditions(pool)) {
        free(pool);
        return bylaw__fail_memory(err, "");
    }
    pool->auditor = auditor;
    for (unsigned i = 0; !rc && i < threads; i++)
        rc = start_worker(pool, err);
    if (rc) {
        bylaw__pool_free(pool);
        return rc;
    }
    *out = pool;
    return 0;
}

void bylaw__pool_free(struct scan_pool *pool)
{
    struct scan_job *job;

    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->is_closing = true;
    while ((job = get(&pool->jobs)))
        bylaw__job_free(job);
    pthread_cond_broadcast(&pool->has_job);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->count; i++) {
        pthread_join(pool->workers[i].thread, NULL);
        bylaw__fetcher_free(pool->workers[i].fetcher);
        bylaw__screen_free(&pool->workers[i].screen);
    }
    while ((job = get(&pool->results)))
        bylaw__job_free(job);
    pthread_cond_destroy(&pool->has_job);
    pthread_cond_destroy(&pool->has_result);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

void bylaw__pool_give(struct scan_pool *pool, struct scan_job *job)
{
    pthread_mutex_lock(&pool->lock);
    put(&pool->jobs, job);
    pthread_cond_signal(&pool->has_job);
    pthread_mutex_unlock(&pool->lock);
}

static struct timespec in_ms(int64_t ms)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += (time_t)(ms / 1000);
    at.tv_nsec += (long)(ms % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

struct scan_job *bylaw__pool_take(struct scan_pool *pool, int64_t wait_ms)
{
    struct timespec until = in_ms(wait_ms);
    struct scan_job *job;
    int rc = 0;

    pthread_mutex_lock(&pool->lock);
    while (!(job = get(&pool->results)) && wait_ms > 0 && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&pool->has_result, &pool->lock, &until);
    pthread_mutex_unlock(&pool->lock);
    return job;
}
