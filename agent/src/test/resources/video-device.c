/*
 * A video device for programs that are started with this in LD_PRELOAD: opening /dev/video77 gives one that answers as a USB camera with YUYV pictures does.
 * VIDEO_DEVICE_PICTURES: so many come. VIDEO_DEVICE_THEN: "gone", as if unplugged, or anything else for silence.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define BUFFERS 4

static int device = -1;
static char *memory;
static unsigned width = 320, height = 240, rate = 30, pictures;
static int queued[BUFFERS];
static struct timespec next_at;

static unsigned buffer_size(void) { return width * height * 2; }

/* Where each buffer begins: mmap takes whole pages. */
static unsigned stride(void) { return (buffer_size() + 4095) / 4096 * 4096; }

static int failure(int error) { errno = error; return -1; }

static int open_device(void) {
    device = memfd_create("video-device", 0);
    return device;
}

int open64(const char *path, int flags, ...) {
    static int (*real)(const char *, int, ...);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    if (strcmp(path, "/dev/video77") == 0) {
        return open_device();
    }
    if (!real) {
        real = dlsym(RTLD_NEXT, "open64");
    }
    return real(path, flags, mode);
}

static int set_format(struct v4l2_format *format) {
    if (format->fmt.pix.pixelformat != V4L2_PIX_FMT_YUYV) {
        return failure(EINVAL);
    }
    if (format->fmt.pix.width) {
        width = format->fmt.pix.width;
        height = format->fmt.pix.height;
    }
    format->fmt.pix.width = width;
    format->fmt.pix.height = height;
    format->fmt.pix.field = V4L2_FIELD_NONE;
    format->fmt.pix.bytesperline = width * 2;
    format->fmt.pix.sizeimage = buffer_size();
    return 0;
}

static int request_buffers(struct v4l2_requestbuffers *request) {
    request->count = BUFFERS;
    if (ftruncate(device, (off_t) BUFFERS * stride())) {
        return -1;
    }
    memory = mmap(NULL, (size_t) BUFFERS * stride(), PROT_READ | PROT_WRITE, MAP_SHARED, device, 0);
    return memory == MAP_FAILED ? -1 : 0;
}

static int give_picture(struct v4l2_buffer *buffer) {
    const char *limit = getenv("VIDEO_DEVICE_PICTURES");
    const char *then = getenv("VIDEO_DEVICE_THEN");
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (limit && pictures >= (unsigned) atoi(limit)) {
        return failure(then && strcmp(then, "gone") == 0 ? ENODEV : EAGAIN);
    }
    if (now.tv_sec < next_at.tv_sec || (now.tv_sec == next_at.tv_sec && now.tv_nsec < next_at.tv_nsec)) {
        return failure(EAGAIN);
    }
    for (unsigned i = 0; i < BUFFERS; i++) {
        if (queued[i]) {
            queued[i] = 0;
            char *picture = memory + (size_t) i * stride();
            memset(picture, 0x80, buffer_size());
            memset(picture + buffer_size() / 50 * (pictures % 40), 0x20, buffer_size() / 8);
            pictures++;
            buffer->index = i;
            buffer->bytesused = buffer_size();
            buffer->flags = 0;
            buffer->timestamp.tv_sec = now.tv_sec;
            buffer->timestamp.tv_usec = now.tv_nsec / 1000;
            next_at = now;
            next_at.tv_nsec += 1000000000L / rate;
            next_at.tv_sec += next_at.tv_nsec / 1000000000L;
            next_at.tv_nsec %= 1000000000L;
            return 0;
        }
    }
    return failure(EAGAIN);
}

static int answer(unsigned long request, void *argument) {
    switch (request) {
    case VIDIOC_QUERYCAP:
        ((struct v4l2_capability *) argument)->capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
        return 0;
    case VIDIOC_G_INPUT:
        *(int *) argument = 0;
        return 0;
    case VIDIOC_ENUMINPUT:
    case VIDIOC_STREAMON:
    case VIDIOC_STREAMOFF:
        return 0;
    case VIDIOC_G_FMT:
        ((struct v4l2_format *) argument)->fmt.pix.pixelformat = V4L2_PIX_FMT_YUYV;
        ((struct v4l2_format *) argument)->fmt.pix.width = 0;
        return set_format(argument);
    case VIDIOC_S_FMT:
        return set_format(argument);
    case VIDIOC_S_PARM:
        rate = ((struct v4l2_streamparm *) argument)->parm.capture.timeperframe.denominator;
        return 0;
    case VIDIOC_G_PARM: {
        struct v4l2_captureparm *capture = &((struct v4l2_streamparm *) argument)->parm.capture;
        capture->capability = V4L2_CAP_TIMEPERFRAME;
        capture->timeperframe.numerator = 1;
        capture->timeperframe.denominator = rate;
        return 0;
    }
    case VIDIOC_REQBUFS:
        return request_buffers(argument);
    case VIDIOC_QUERYBUF:
        ((struct v4l2_buffer *) argument)->length = buffer_size();
        ((struct v4l2_buffer *) argument)->m.offset = ((struct v4l2_buffer *) argument)->index * stride();
        return 0;
    case VIDIOC_QBUF:
        queued[((struct v4l2_buffer *) argument)->index] = 1;
        return 0;
    case VIDIOC_DQBUF:
        return give_picture(argument);
    default:
        return failure(EINVAL);
    }
}

int ioctl(int fd, unsigned long request, ...) {
    static int (*real)(int, unsigned long, ...);
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (fd >= 0 && fd == device) {
        return answer(request, argument);
    }
    if (!real) {
        real = dlsym(RTLD_NEXT, "ioctl");
    }
    return real(fd, request, argument);
}
