import { useMutation } from '@tanstack/react-query'

import { tellOtherTabs } from './other-tabs.ts'
import { signInForGood, signOut } from './session-api.ts'
import { forgetData, sessionQueries } from './session-queries.ts'

export function useSignIn() {
  return useMutation({
    mutationFn: signInForGood,
    onSuccess: (state, _credentials, _result, { client }) => {
      const before = client.getQueryData(sessionQueries.state().queryKey)
      // this account must not see another account's data
      if (before?.session && before.session.email !== state.session?.email) forgetData(client)
      client.setQueryData(sessionQueries.state().queryKey, state)
      tellOtherTabs('signed-in')
    },
  })
}

export function useSignOut() {
  return useMutation({
    mutationFn: signOut,
    onSuccess: (state, _nothing, _result, { client }) => {
      tellOtherTabs('signed-out')
      forgetData(client)
      client.setQueryData(sessionQueries.state().queryKey, state)
    },
  })
}
