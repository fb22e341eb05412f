import { queryOptions } from '@tanstack/react-query'

import { request } from '#api/request.ts'
import { channelsSchema, type ChannelChange, type NewChannel } from '#contract/desk/channels.ts'
import type { Credentials } from '#contract/desk/desk.ts'
import { feedsSchema } from '#contract/desk/feeds.ts'
import { pushSchema, type NewBrowser } from '#contract/desk/push.ts'
import {
  notificationsSchema,
  watchSettingsSchema,
  type NotificationsChange,
} from '#contract/desk/settings.ts'

const READ_AGAIN_MS = 15_000

export const settingsQueries = {
  notifications: () =>
    queryOptions({
      queryKey: ['settings', 'notifications'],
      queryFn: ({ signal }) => request(notificationsSchema, '/desk/notifications', { signal }),
      staleTime: 0,
    }),

  watch: () =>
    queryOptions({
      queryKey: ['settings', 'watch'],
      queryFn: ({ signal }) => request(watchSettingsSchema, '/desk/watch', { signal }),
      staleTime: 0,
      refetchInterval: READ_AGAIN_MS,
    }),

  feeds: () =>
    queryOptions({
      queryKey: ['settings', 'feeds'],
      queryFn: ({ signal }) => request(feedsSchema, '/desk/feeds', { signal }),
      staleTime: 0,
    }),

  push: () =>
    queryOptions({
      queryKey: ['settings', 'push'],
      queryFn: ({ signal }) => request(pushSchema, '/desk/push', { signal }),
      staleTime: 0,
    }),

  channels: () =>
    queryOptions({
      queryKey: ['settings', 'channels'],
      queryFn: ({ signal }) => request(channelsSchema, '/desk/channels', { signal }),
      staleTime: 0,
      refetchInterval: READ_AGAIN_MS,
    }),
}

export const makeFeeds = () => request(feedsSchema, '/desk/feeds', { method: 'POST' })

export const revokeFeeds = () => request(feedsSchema, '/desk/feeds', { method: 'DELETE' })

export const addChannel = (body: NewChannel) =>
  request(channelsSchema, '/desk/channels', { method: 'POST', body })

export const changeChannel = (id: string, body: ChannelChange) =>
  request(channelsSchema, `/desk/channels/${id}`, { method: 'PUT', body })

export const removeChannel = (id: string) =>
  request(channelsSchema, `/desk/channels/${id}`, { method: 'DELETE' })

export const testChannel = (id: string) =>
  request(channelsSchema, `/desk/channels/${id}/test`, { method: 'POST' })

export const changeNotifications = (body: NotificationsChange) =>
  request(notificationsSchema, '/desk/notifications', { method: 'PUT', body })

export const enterCode = (code: string) =>
  request(notificationsSchema, '/desk/notifications/code', { method: 'POST', body: { code } })

export const sendTestMail = () =>
  request(notificationsSchema, '/desk/notifications/test', { method: 'POST' })

export const signWatchIn = (body: Credentials) =>
  request(watchSettingsSchema, '/desk/watch/account', { method: 'PUT', body })

export const signWatchOut = () =>
  request(watchSettingsSchema, '/desk/watch/account', { method: 'DELETE' })

export const addBrowser = (body: NewBrowser) =>
  request(pushSchema, '/desk/push', { method: 'POST', body })

export const removeBrowser = (id: string) =>
  request(pushSchema, `/desk/push/${id}`, { method: 'DELETE' })

/** Sends a test to one of one's own browsers. */
export const testBrowser = (id: string) =>
  request(pushSchema, `/desk/push/${id}/test`, { method: 'POST' })
